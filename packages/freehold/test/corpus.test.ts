import assert from "node:assert/strict";
import { test } from "node:test";
import { applicationOf, caseNames, expectedOf, resolved } from "./testing/corpus.ts";
import { waiting } from "./testing/waiting.ts";

for (const name of caseNames.filter((one) => waiting[one] === undefined)) {
  test(`${name} becomes what its author would want`, async () => {
    const { call, ...expected } = expectedOf(name);
    assert.deepEqual(await resolved(name, call), expected);
  });
}

for (const [name, what] of Object.entries(waiting)) {
  test(`${name} waits for ${what}`, async () => {
    const { call, becomes } = expectedOf(name);
    assert.ok(becomes !== undefined, "its expected.json says nothing of what it will become");
    assert.notDeepEqual(await typesOf(name, call), becomes, `${name} need not wait: take it off the list`);
  });
}

/** Undefined when the file is refused. */
async function typesOf(name: string, call: Parameters<typeof applicationOf>[1]) {
  const { errors } = await resolved(name, call);
  if (errors !== undefined) return undefined;
  const environments = (await applicationOf(name, call)).collections.flatMap((one) => one.environments);
  const things = environments.flatMap(({ services, resources }) => [...services, ...resources]);
  return Object.fromEntries(things.map((one) => [one.name, one.type]));
}
