/** Whether an AWS client refused with one of these error names, as the service's API reference spells them. */
export function isErrorNamed(error: unknown, ...names: readonly string[]): error is Error {
  return error instanceof Error && names.includes(error.name);
}
