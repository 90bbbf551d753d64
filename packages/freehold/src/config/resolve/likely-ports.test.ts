import assert from "node:assert/strict";
import { test } from "node:test";
import { likelyPorts } from "./likely-ports.ts";

type Spoken = Parameters<typeof likelyPorts>[1];

const asked = (test: string | readonly string[]): Spoken => ({
  environment: undefined,
  healthcheck: { test: [...[test].flat()] },
});
const nothing: Spoken = { environment: undefined, healthcheck: undefined };

const rows: readonly (readonly [
  what: string,
  ports: readonly number[],
  spoken: Spoken,
  left: readonly number[],
])[] = [
  ["one", [8000], nothing, [8000]],
  ["one of another protocol", [22], nothing, [22]],
  ["of a server of Git", [3000, 22], nothing, [3000]],
  ["of a debugger", [4000, 9229], nothing, [4000]],
  ["TLS beside it", [8080, 8443], nothing, [8080]],
  ["the port of browsers", [80, 443, 8080], nothing, [80]],
  ["the container's own check", [80, 3000], asked("curl -f http://localhost:3000/up"), [3000]],
  ["a check in words", [80, 3000], asked(["CMD", "wget", "http://127.0.0.1:3000"]), [3000]],
  ["a check at a longer number", [300, 8000], asked("curl http://localhost:3000"), [300, 8000]],
  ["what PORT says", [80, 3000], { environment: { PORT: "3000" }, healthcheck: undefined }, [3000]],
  ["two that are alike", [8000, 8001], nothing, [8000, 8001]],
];

for (const [what, ports, spoken, left] of rows)
  test(`ports for visitors: ${what}`, () => assert.deepEqual(likelyPorts(ports, spoken), left));
