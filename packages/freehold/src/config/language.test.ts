import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../errors.ts";
import { toJsonSchema } from "./schema/json-schema.ts";
import { fileSections, serviceSections } from "./schema/sections.ts";
import { containers, fileWith, kinds, language } from "./testing/language.ts";
import { notesOf } from "./testing/parse.ts";
import type * as z from "./zod.ts";

/** What is wrong with a file; nothing where it is read. */
function problemsOf(text: string): readonly string[] {
  try {
    notesOf(text);
    return [];
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error.problems.map(({ subject, message }) => `${subject} ${message}`);
  }
}

const ofContainers = ["type", ...(language["api"] ?? []).map(([key]) => key.split(".")[0])];

/** What else stands in a chapter of the settings: it has a table of its own, or is of every container. */
const elsewhere: Readonly<Record<string, readonly (string | undefined)[]>> = {
  collection: ["network", "environments"],
  ...Object.fromEntries(containers.map((name) => [name, ofContainers])),
};

test("every setting that is read is in the tables of testing/language.ts", () => {
  const sections: Readonly<Record<string, z.ZodType | undefined>> = {
    ...fileSections,
    ...Object.fromEntries(Object.entries(kinds).map(([place, kind]) => [place, sectionOf(kind)])),
  };
  const missing = Object.entries(language).flatMap(([place, rows]) => {
    const schema = sections[place] ?? assert.fail(place);
    const known = [...rows.map(([key]) => key.split(".")[0]), ...(elsewhere[place] ?? ["type"])];
    const keys = Object.keys(toJsonSchema(schema).properties ?? {});
    return keys.filter((key) => !known.includes(key)).map((key) => `${place}.${key}`);
  });
  assert.deepEqual(missing, []);
});

function sectionOf(kind: string): z.ZodType | undefined {
  return serviceSections.find(({ name }) => name === kind)?.schema;
}

for (const [place, rows] of Object.entries(language)) {
  test(`every setting of ${place} is read, or said not to be built yet`, () => {
    for (const [key, good, bad] of rows) {
      const problems = problemsOf(fileWith(place, key, good));
      if (bad !== undefined) assert.deepEqual(problems, [], `${key} takes ${JSON.stringify(good)}`);
      else assert.match(problems.join("\n"), new RegExp(`${key.split(".").at(-1)}.* is not built yet`), key);
    }
  });

  test(`every setting of ${place} is checked`, () => {
    for (const [key, , bad] of rows.filter((row) => row.length > 2)) {
      const problems = problemsOf(fileWith(place, key, bad));
      assert.notDeepEqual(problems, [], `${key} refuses ${JSON.stringify(bad)}`);
      assert.ok(
        problems.every((one) => !/is not a setting/.test(one)),
        `${key} is a setting: ${problems}`,
      );
    }
  });
}
