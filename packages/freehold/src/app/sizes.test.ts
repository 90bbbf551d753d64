import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fargateSize, fargateSizes, formatSize } from "./sizes.ts";
import { propertyRuns } from "./testing/property-runs.ts";

const rows: readonly (readonly [{ cpu?: number; memory?: number }, string])[] = [
  [{}, "0.25 vCPU, 512 MiB"],
  [{ memory: 512 }, "0.25 vCPU, 512 MiB"],
  [{ memory: 513 }, "0.25 vCPU, 1 GiB"],
  [{ memory: 2048 }, "0.25 vCPU, 2 GiB"],
  [{ memory: 2049 }, "0.5 vCPU, 3 GiB"],
  [{ cpu: 512 }, "0.5 vCPU, 1 GiB"],
  [{ cpu: 300, memory: 100 }, "0.5 vCPU, 1 GiB"],
  [{ cpu: 1024 }, "1 vCPU, 2 GiB"],
  [{ cpu: 1024, memory: 9000 }, "2 vCPU, 9 GiB"],
  [{ memory: 30720 }, "4 vCPU, 30 GiB"],
  [{ memory: 30721 }, "8 vCPU, 32 GiB"],
  [{ cpu: 8192, memory: 17000 }, "8 vCPU, 20 GiB"],
  [{ cpu: 2048 }, "2 vCPU, 4 GiB"],
  [{ cpu: 4096 }, "4 vCPU, 8 GiB"],
  [{ cpu: 8192 }, "8 vCPU, 16 GiB"],
  [{ memory: 4097 }, "1 vCPU, 5 GiB"],
  [{ memory: 8193 }, "2 vCPU, 9 GiB"],
  [{ memory: 16385 }, "4 vCPU, 17 GiB"],
  [{ memory: 61441 }, "16 vCPU, 64 GiB"],
  [{ cpu: 16384 }, "16 vCPU, 32 GiB"],
  [{ memory: 122880 }, "16 vCPU, 120 GiB"],
];

for (const [asked, expected] of rows) {
  test(`${JSON.stringify(asked)} becomes ${expected}`, () => {
    const size = fargateSize(asked);
    assert.equal(size && formatSize(size), expected);
  });
}

test("there are 74 sizes", () => assert.equal(fargateSizes.length, 3 + 4 + 7 + 13 + 23 + 12 + 12));

test("beyond the largest there is none", () => {
  assert.equal(fargateSize({ cpu: 16385 }), undefined);
  assert.equal(fargateSize({ memory: 122_881 }), undefined);
});

test("the answer is always valid, enough, and the smallest such", () => {
  const asked = fc.record({
    cpu: fc.integer({ min: 1, max: 16_384 }),
    memory: fc.integer({ min: 1, max: 122_880 }),
  });
  fc.assert(
    fc.property(asked, (wanted) => {
      const size = fargateSize(wanted);
      assert.ok(size !== undefined && fargateSizes.includes(size));
      assert.ok(size.cpu >= wanted.cpu && size.memory >= wanted.memory);
      const smaller = fargateSizes.filter((other) => other.cpu <= size.cpu && other.memory < size.memory);
      assert.ok(smaller.every((other) => other.cpu < wanted.cpu || other.memory < wanted.memory));
    }),
    { numRuns: propertyRuns(100) },
  );
});
