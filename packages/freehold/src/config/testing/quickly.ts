import assert from "node:assert/strict";

/** Seconds of processor time that reading one file may take. Time on the wall would count what else the machine is at. */
const most = 1;

/** Does the work and fails when it was slow. */
export function quickly<Result>(work: () => Result, what: string): Result {
  const before = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(before);
  const seconds = (user + system) / 1e6;
  assert.ok(seconds < most, `${seconds} s for ${what.slice(0, 2_000)}`);
  return result;
}
