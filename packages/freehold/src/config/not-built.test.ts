import assert from "node:assert/strict";
import { test } from "node:test";
import { Ajv } from "ajv";
import { type Problem, UserError } from "../errors.ts";
import { type JsonSchema, toJsonSchema } from "./schema/json-schema.ts";
import { fileSections, serviceSections } from "./schema/sections.ts";
import { longForms, standingOf } from "./schema/settings.ts";
import { containers, fileWith, kinds, language, pathOf } from "./testing/language.ts";
import { parse } from "./testing/parse.ts";

/** A setting of the language that AWS has no side for yet. */
interface Waiting {
  readonly place: string;
  readonly key: string;
  readonly schema: JsonSchema;
}

const sections: Readonly<Record<string, JsonSchema>> = {
  ...Object.fromEntries(Object.entries(fileSections).map(([place, schema]) => [place, toJsonSchema(schema)])),
  ...Object.fromEntries(Object.entries(kinds).map(([place, kind]) => [place, sectionOf(kind)])),
};

function sectionOf(kind: string): JsonSchema {
  return toJsonSchema(serviceSections.find(({ name }) => name === kind)?.schema ?? assert.fail(kind));
}

/** Found in the schemas, so that none can be forgotten here. */
function waiting(standing: "accepted" | "refused"): readonly Waiting[] {
  return Object.entries(sections).flatMap(([place, schema]) => waitingBelow(place, "", schema, standing));
}

function waitingBelow(place: string, above: string, whole: JsonSchema, standing: string): readonly Waiting[] {
  return Object.entries(whole.properties ?? {}).flatMap(([name, schema]) => {
    const key = `${above}${name}`;
    if (standingOf(schema) === standing) return [{ place, key, schema }];
    return longForms(schema).flatMap((form) => waitingBelow(place, `${key}.`, form, standing));
  });
}

function fullName({ place, key }: Waiting): string {
  return [...pathOf(place), key].join(".");
}

function goodValue({ place, key }: Waiting): unknown {
  const tables = containers.includes(place) ? [place, "api"] : [place];
  const row = tables.flatMap((one) => language[one] ?? []).find(([name]) => name === key);
  return (row ?? assert.fail(`${place}.${key} has no row in testing/language.ts`))[1];
}

function problemsOf(text: string): readonly Problem[] {
  try {
    parse(text);
    return [];
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error.problems;
  }
}

/** Whether all that is told is of this setting, at a line below that of its section. */
function isToldOf(one: Waiting, problems: readonly Problem[]): boolean {
  return (
    problems.length > 0 &&
    problems.every(
      ({ subject, place }) =>
        subject.startsWith(fullName(one)) && (place?.line ?? 0) > pathOf(one.place).length,
    )
  );
}

test("what is accepted and not built yet is told, each by its name", () => {
  for (const one of waiting("accepted")) {
    const { notes } = parse(fileWith(one.place, one.key, goodValue(one)));
    const told = notes.filter(({ isLater }) => isLater === true).map(({ subject }) => subject);
    assert.deepEqual(told, [fullName(one)]);
  }
});

/** Without what containers share with `api`: it is one schema. */
const acceptedOnce = waiting("accepted").filter(({ place }) => !containers.includes(place));

/** Something of every kind; each setting takes few of them. */
const anything = [
  [[]],
  { nonsense: true },
  "no such thing!",
  -1,
  1_000_000_000_000,
  true,
  ["no such thing!"],
];

test("what is accepted and not built yet takes nothing that its schema does not", () => {
  const ajv = new Ajv({ strict: false, logger: false });
  for (const one of acceptedOnce) {
    const wrong = anything.filter((value) => !ajv.validate(one.schema, value));
    assert.ok(wrong.length > 1, `${fullName(one)} takes almost anything`);
    for (const value of wrong) {
      const problems = problemsOf(fileWith(one.place, one.key, value));
      assert.ok(isToldOf(one, problems), `${fullName(one)}: ${JSON.stringify(value)} ${problems.length}`);
    }
  }
});

test("an unknown setting within one that is not built yet is told", () => {
  for (const one of acceptedOnce) {
    const value = goodValue(one);
    if (typeof value !== "object" || value === null) continue;
    const isOfTexts = Array.isArray(value) && typeof value[0] === "string";
    if (isOfTexts) continue;
    const odd = Array.isArray(value) ? [{ ...value[0], nonsense: 1 }] : { ...value, nonsense: 1 };
    const problems = problemsOf(fileWith(one.place, one.key, odd));
    assert.deepEqual(
      problems.map(({ subject, message }) => [subject.startsWith(fullName(one)), message]),
      [[true, "is not a setting"]],
      fullName(one),
    );
  }
});

test("what is refused until it is built is refused whatever it says", () => {
  const all = waiting("refused");
  assert.ok(all.length > 0);
  for (const one of all)
    for (const value of anything.slice(0, 3)) {
      const problems = problemsOf(fileWith(one.place, one.key, value));
      assert.ok(isToldOf(one, problems), fullName(one));
      for (const { message } of problems) assert.match(message, /is not built yet; \w/);
    }
});
