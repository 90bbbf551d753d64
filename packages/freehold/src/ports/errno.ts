/** Whether a system call failed with one of these codes, such as `ENOENT` (https://nodejs.org/api/errors.html#common-system-errors). */
export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
