/**
 * Waits for both, also when one fails: what runs beside a failure (a Terraform, a build) is brought to its end. Then the first
 * failure is thrown.
 */
export async function allDone<One, Other>(
  both: readonly [Promise<One>, Promise<Other>],
): Promise<readonly [One, Other]> {
  const [one, other] = await Promise.allSettled(both);
  if (one.status === "rejected") throw one.reason;
  if (other.status === "rejected") throw other.reason;
  return [one.value, other.value];
}
