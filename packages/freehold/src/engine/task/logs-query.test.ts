import assert from "node:assert/strict";
import { test } from "node:test";
import { type FoundLine, interleave, type Seen, unseen } from "./logs-query.ts";

function line(id: string, timestamp: number): FoundLine {
  return { id, service: id.split("/")[0] ?? "", message: id, timestamp };
}

test("services are interleaved by time; lines of one instant keep their order", () => {
  const groups = [
    [line("api/1", 1), line("api/2", 3)],
    [line("worker/1", 2), line("worker/2", 3)],
  ];
  assert.deepEqual(
    interleave(groups).map((one) => one.id),
    ["api/1", "worker/1", "api/2", "worker/2"],
  );
});

test("a follower tells no line twice, and misses none that comes late", () => {
  let seen: Seen = { ids: new Set(), since: 0 };
  const told: string[] = [];
  const looks = [
    [line("api/1", 100_000), line("api/2", 101_000)],
    [line("api/1", 100_000), line("worker/late", 100_500), line("api/2", 101_000), line("api/3", 120_000)],
    [line("api/3", 120_000)],
  ];
  for (const lines of looks) {
    const found = unseen(
      lines.filter((one) => one.timestamp >= seen.since),
      seen,
    );
    told.push(...found.fresh.map((one) => one.id));
    seen = found.seen;
  }
  assert.deepEqual(told, ["api/1", "api/2", "worker/late", "api/3"]);
});
