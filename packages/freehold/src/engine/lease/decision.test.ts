import assert from "node:assert/strict";
import { test } from "node:test";
import { decideLease, isSameRun, type Lease, leftoverOf, renew } from "./decision.ts";

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
      decideLease({ ...lease, host: "laptop" }, { host, isRunning: alive }, now(seconds)).kind,
      expected,
    );
  });
}

test("a heartbeat that is no time counts as dead", () => {
  assert.equal(
    decideLease({ ...lease, heartbeat: "?" }, { host: "laptop", isRunning: true }, now(0)).kind,
    "take",
  );
});

const terraform = { pid: 99, since: "2026-01-01T00:01:02.000Z" };

test("renewing tells the Terraform that runs now, and forgets one that ended and what was cleared", () => {
  const running = renew(lease, now(5), terraform);
  assert.deepEqual(running.terraform, terraform);
  const inherited = { user: "bob", host: "laptop", terraform };
  assert.deepEqual(renew({ ...running, inherited }, now(5), undefined), {
    ...lease,
    heartbeat: running.heartbeat,
  });
});

test("a dead run leaves its Terraform, or what it had not cleared yet", () => {
  const inherited = { user: "bob", host: "laptop", terraform };
  assert.equal(leftoverOf(lease), undefined);
  assert.deepEqual(leftoverOf({ ...lease, terraform }), { user: "ada", host: "laptop", terraform });
  assert.deepEqual(leftoverOf({ ...lease, inherited }), inherited);
});

test("a run is known again by host, process and beginning, whatever its heartbeat", () => {
  assert.ok(isSameRun(lease, renew(lease, now(5), terraform)));
  for (const other of [{ host: "server" }, { pid: 11 }, { since: "2026-01-02T00:00:00.000Z" }])
    assert.equal(isSameRun(lease, { ...lease, ...other }), false);
});
