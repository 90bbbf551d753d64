import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fargateSize, fargateSizes, formatSize } from "../../app/sizes.ts";
import { propertyRuns } from "../../app/testing/property-runs.ts";
import { serviceOf } from "../testing/parse.ts";

/** What Compose's own notations ask for (https://docs.docker.com/reference/compose-file/extension/#specifying-byte-values). */
const notations: readonly (readonly [string, string])[] = [
  ["mem_limit: 1073741824", "0.25 vCPU, 1 GiB"],
  ['mem_limit: "1073741824"', "0.25 vCPU, 1 GiB"],
  ["mem_limit: 1073741825b", "0.25 vCPU, 2 GiB"],
  ["mem_limit: 1048576k", "0.25 vCPU, 1 GiB"],
  ["mem_limit: 1048577kb", "0.25 vCPU, 2 GiB"],
  ["mem_limit: 300m", "0.25 vCPU, 512 MiB"],
  ["mem_limit: 512M", "0.25 vCPU, 512 MiB"],
  ["mem_limit: 513mb", "0.25 vCPU, 1 GiB"],
  ["mem_limit: 0.5g", "0.25 vCPU, 512 MiB"],
  ["mem_limit: 2gb", "0.25 vCPU, 2 GiB"],
  ["mem_limit: 2GB", "0.25 vCPU, 2 GiB"],
  ["mem_limit: 1.5Gi", "0.25 vCPU, 2 GiB"],
  ["mem_limit: 0.1t", "16 vCPU, 104 GiB"],
  ["mem_reservation: 3g", "0.5 vCPU, 3 GiB"],
  ["mem_reservation: 3g, mem_limit: 1g", "0.25 vCPU, 1 GiB"],
  ["cpus: 0.5", "0.5 vCPU, 1 GiB"],
  ['cpus: "0.50"', "0.5 vCPU, 1 GiB"],
  ["cpus: .3", "0.5 vCPU, 1 GiB"],
  ["cpus: 16", "16 vCPU, 32 GiB"],
  ["cpus: 0, mem_limit: 0", "0.25 vCPU, 512 MiB"],
  ["deploy: {resources: {limits: {cpus: '1.5', memory: 50M}}}", "2 vCPU, 4 GiB"],
  ["deploy: {resources: {limits: {memory: 2g}}}, mem_limit: 9g", "0.25 vCPU, 2 GiB"],
  ["deploy: {resources: {reservations: {cpus: '0.25', memory: 20M}}}", "0.25 vCPU, 512 MiB"],
  ["deploy: {resources: {limits: {cpus: '4'}, reservations: {memory: 20g}}}", "4 vCPU, 20 GiB"],
];

for (const [written, expected] of notations) {
  test(`${written} is ${expected}`, () => {
    assert.equal(formatSize(serviceOf(`services: {a: {image: x, ${written}}}`).size), expected);
  });
}

const units = {
  "": 1,
  b: 1,
  k: 1024,
  kb: 1024,
  m: 1024 ** 2,
  MB: 1024 ** 2,
  Mi: 1024 ** 2,
  g: 1024 ** 3,
  GiB: 1024 ** 3,
};
const places = [
  (cpus: string, memory: string) => `cpus: "${cpus}", mem_limit: "${memory}"`,
  (cpus: string, memory: string) => `deploy: {resources: {limits: {cpus: "${cpus}", memory: ${memory}}}}`,
  (cpus: string, memory: string) =>
    `deploy: {resources: {reservations: {cpus: "${cpus}", memory: ${memory}}}}`,
  (cpus: string, memory: string) => `x-freehold: {cpus: "${cpus}", memory: ${memory}}`,
];

test("whatever a file asks for, the task is a valid pair, at least as large, and the smallest such", () => {
  const unit = fc.constantFrom(...Object.entries(units));
  const memory = fc
    .tuple(fc.double({ min: 1, max: 120 * 1024 ** 3, noNaN: true }), unit)
    .map(([most, [name, factor]]) => {
      const amount = (most / factor).toFixed(factor === 1 ? 0 : 3);
      return { text: `${amount}${name}`, bytes: Number(amount) * factor };
    });
  const cpus = fc.integer({ min: 1, max: 1600 }).map((hundredths) => (hundredths / 100).toFixed(2));
  fc.assert(
    fc.property(cpus, memory, fc.constantFrom(...places), (processors, { text, bytes }, place) => {
      const { size } = serviceOf(`services: {a: {image: x, ${place(processors, text)}}}`);
      assert.ok(fargateSizes.some(({ cpu, memory }) => cpu === size.cpu && memory === size.memory));
      assert.ok(size.cpu >= Number(processors) * 1024, processors);
      assert.ok(size.memory * 1024 ** 2 >= bytes, text);
      assert.deepEqual(size, fargateSize({ cpu: Number(processors) * 1024, memory: bytes / 1024 ** 2 }));
    }),
    { numRuns: propertyRuns(200) },
  );
});
