import assert from "node:assert/strict";
import { test } from "node:test";
import { eventsOf, takeBatch } from "./batches.ts";
import { createLineReader } from "./frames.ts";

const at = "2026-01-02T03:04:05.678901234Z";
const timestamp = Date.parse("2026-01-02T03:04:05.678Z");

function frame(stream: number, payload: string): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(Buffer.byteLength(payload), 4);
  return Buffer.concat([header, Buffer.from(payload)]);
}

test("frames become lines, however Docker's bytes are cut", () => {
  const bytes = Buffer.concat([
    frame(1, `${at} first\n`),
    frame(1, `${at} long `),
    frame(2, `${at} in between ü\r\n`),
    frame(1, `${at} line\n`),
    frame(1, `${at} no end`),
  ]);
  for (const size of [1, 3, 7, 64, bytes.length]) {
    const reader = createLineReader();
    const lines = [];
    for (let start = 0; start < bytes.length; start += size)
      lines.push(...reader.read(bytes.subarray(start, start + size)));
    assert.deepEqual(
      [...lines, ...reader.end()],
      ["first", "in between ü", "long line", "no end"].map((message) => ({ timestamp, message })),
      `pieces of ${size}`,
    );
  }
});

test("a batch keeps CloudWatch's limits and the order of time", () => {
  const many = Array.from({ length: 10_001 }, (_, index) => ({ timestamp: -index, message: "x" }));
  const first = takeBatch(many);
  assert.deepEqual([first.length, many.length, first[0]?.timestamp], [10_000, 1, -9999]);
  const big = Array.from({ length: 5 }, () => ({ timestamp: 0, message: "x".repeat(262_118) }));
  assert.deepEqual([takeBatch(big).length, big.length], [4, 1]);
});

test("empty lines are no events, overlong ones are cut between characters", () => {
  assert.deepEqual(eventsOf({ timestamp, message: "" }), []);
  const long = "ü😀".repeat(50_000);
  const pieces = eventsOf({ timestamp, message: long });
  assert.equal(pieces.map(({ message }) => message).join(""), long);
  assert.ok(pieces.every(({ message }) => Buffer.byteLength(message) <= 262_118));
});
