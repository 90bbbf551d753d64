import assert from "node:assert/strict";
import { test } from "node:test";
import { decideLease, isSameRun, type Lease, renew } from "./decision.ts";

const lease: Lease = {
  user: "ada",
  host: "laptop",
  pid: 10,
  since: "2026-01-01T00:00:00.000Z",
  heartbeat: "2026-01-01T00:01:00.000Z",
};
const now = (seconds: number) => new Date(Date.parse(lease.heartbeat) + seconds * 1000);

const rows: readonly (readonly [string, string, number, boolean, "take" | "watch" | "held"])[] = [
  ["a living run of this host", "laptop", 4, true, "held"],
  ["a run of this host whose process is gone", "laptop", 1, false, "take"],
  ["another host that beats", "server", 29, false, "held"],
  ["another host that has fallen silent", "server", 31, false, "watch"],
  ["a living process that has fallen silent", "laptop", 31, true, "take"],
];

for (const [name, host, seconds, alive, expected] of rows) {
  test(`${name}: ${expected}`, () => {
    assert.equal(
      decideLease({ ...lease, host: "laptop" }, { host }, now(seconds), () => alive).kind,
      expected,
    );
  });
}

test("a heartbeat that is no time counts as dead", () => {
  assert.equal(
    decideLease({ ...lease, heartbeat: "?" }, { host: "laptop" }, now(0), () => true).kind,
    "take",
  );
});

test("renewing tells the Terraform that runs now, and forgets one that ended", () => {
  const running = renew(lease, now(5), 99);
  assert.equal(running.terraformPid, 99);
  assert.equal("terraformPid" in renew(running, now(10), undefined), false);
});

test("a run is known again by host, process and beginning, whatever its heartbeat", () => {
  assert.ok(isSameRun(lease, renew(lease, now(5), 99)));
  for (const other of [{ host: "server" }, { pid: 11 }, { since: "2026-01-02T00:00:00.000Z" }])
    assert.equal(isSameRun(lease, { ...lease, ...other }), false);
});
