import assert from "node:assert/strict";
import { addAbortSignal, PassThrough } from "node:stream";
import { test } from "node:test";
import type { LogLine } from "../logs/frames.ts";
import { shipOutput } from "./output.ts";

/** One line of output as Docker frames it (https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach). */
function frame(text: string): Buffer {
  const line = Buffer.from(`2026-01-01T00:00:00.000000000Z ${text}\n`);
  const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(line.length, 4);
  return Buffer.concat([head, line]);
}

function scene(sleep: () => Promise<void>) {
  const stream = new PassThrough();
  const lines: LogLine[] = [];
  const warnings: string[] = [];
  const clock = { now: () => new Date(0), at: () => () => {}, sleep };
  const log = { info: () => {}, warn: (message: string) => warnings.push(message) };
  const logs = async ({ signal }: { readonly signal: AbortSignal }) => addAbortSignal(signal, stream);
  const shipper = { ship: async (more: readonly LogLine[]) => void lines.push(...more) };
  return { stream, lines, warnings, output: shipOutput({ clock, log }, { id: "c", logs }, shipper) };
}

const never = () => new Promise<void>(() => {});

test("output that ends is shipped whole", async () => {
  const { stream, lines, output } = scene(never);
  stream.write(frame("one"));
  stream.end(frame("two"));
  await output.end();
  assert.equal(lines.length, 2);
});

test("a log that Docker leaves open is closed once it is silent, and not while it speaks", async () => {
  let naps = 0;
  const { stream, lines, warnings, output } = scene(async () => {
    naps += 1;
    if (naps < 4) stream.write(frame(`after ${naps}`));
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  });
  await output.end();
  assert.equal(lines.length, 3);
  assert.equal(stream.destroyed, true);
  assert.deepEqual(warnings, []);
});
