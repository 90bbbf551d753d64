import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeWorld } from "../testing/fake-ports.ts";
import { claimPriorityBlock, expectedPriorityBlock, freePriorityBlock } from "./priorities.ts";

function worldWith(taken: Readonly<Record<number, string>>) {
  const world = fakeWorld();
  for (const [block, owner] of Object.entries(taken))
    world.s3.objects.set(`artifacts/priorities/${block}`, owner);
  return world;
}

const rows: readonly (readonly [string, Readonly<Record<number, string>>, number])[] = [
  ["the first there is", {}, 1],
  ["its own, found by content", { 1: "qa", 7: "dev" }, 7],
  ["a gap", { 1: "qa", 3: "staging" }, 2],
];

for (const [name, taken, expected] of rows) {
  test(`an environment is given ${name}; looking writes nothing`, async () => {
    const world = worldWith(taken);
    assert.equal(await expectedPriorityBlock("artifacts", "dev", world.ports), expected);
    assert.deepEqual(world.journal.calls, []);
    assert.equal(await claimPriorityBlock("artifacts", "dev", world.ports), expected);
    assert.equal(world.s3.objects.get(`artifacts/priorities/${expected}`), "dev");
  });
}

test("two that claim at once are given different blocks", async () => {
  const world = worldWith({});
  const names = ["dev", "qa", "staging"];
  const blocks = await Promise.all(names.map((name) => claimPriorityBlock("artifacts", name, world.ports)));
  assert.deepEqual(blocks.toSorted(), [1, 2, 3]);
  assert.equal(await claimPriorityBlock("artifacts", "qa", world.ports), blocks[1]);
});

test("a block that is given back is the next one's; others stay", async () => {
  const world = worldWith({ 1: "dev", 2: "qa" });
  await freePriorityBlock("artifacts", "dev", world.ports);
  assert.deepEqual([...world.s3.objects], [["artifacts/priorities/2", "qa"]]);
});

test("no block is left", async () => {
  const all = Object.fromEntries(Array.from({ length: 499 }, (_, index) => [index + 1, `e${index}`]));
  await assert.rejects(claimPriorityBlock("artifacts", "dev", worldWith(all).ports), /all taken/);
});
