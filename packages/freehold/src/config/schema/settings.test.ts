import assert from "node:assert/strict";
import { test } from "node:test";
import { Ajv } from "ajv";
import { composeChapters } from "./compose-settings.ts";
import { toJsonSchema } from "./json-schema.ts";
import { everyContainer, fileSections, serviceSections } from "./sections.ts";
import { freeholdChapters } from "./settings.ts";

function settingsOf(title: string) {
  return freeholdChapters().find((chapter) => chapter.title === title)?.settings ?? [];
}

test("a setting tells its values, its default and its meaning", () => {
  const days = settingsOf("type: queue").find(({ key }) => key === "retention_days");
  assert.deepEqual(days, {
    key: "retention_days",
    value: "whole number, 1 to 14",
    initial: "`4`",
    isRequired: false,
    meaning: "Days a message waits at most.",
    example: "",
    standing: "built",
  });
});

test("settings of a section stand below it, and what must be written says so", () => {
  assert.ok(settingsOf("type: web").some(({ key }) => key === "health.path"));
  assert.deepEqual(
    settingsOf("type: cron").flatMap(({ key, isRequired }) => (isRequired ? [key] : [])),
    ["schedule"],
  );
});

test("every setting has a meaning", () => {
  const silent = freeholdChapters().flatMap(({ title, settings }) =>
    settings.flatMap(({ key, meaning }) => (meaning === "" ? [`${title} ${key}`] : [])),
  );
  assert.deepEqual(silent, []);
});

test("what every container may say stands once", () => {
  const keys = freeholdChapters().flatMap(({ settings }) => settings.map(({ key }) => key));
  assert.equal(keys.filter((key) => key === "release").length, 1);
});

test("what is not built yet says whether it is accepted or refused", () => {
  const standings = new Map(settingsOf("An environment").map(({ key, standing }) => [key, standing]));
  assert.deepEqual(
    ["kind", "approval", "paused"].map((key) => standings.get(key)),
    ["built", "accepted", "refused"],
  );
});

const words = ["text", "path", "command", "folder"];

test("a setting that may be any text shows an example", () => {
  const silent = freeholdChapters().flatMap(({ title, settings }) =>
    settings
      .filter(
        ({ value, example, initial, standing }) =>
          standing === "built" && words.includes(value) && example === "" && initial === "",
      )
      .map(({ key }) => `${title} ${key}`),
  );
  assert.deepEqual(silent, []);
});

test("every example is one that its setting takes", () => {
  const schemas = [
    ...Object.values(fileSections),
    everyContainer,
    ...serviceSections.map(({ schema }) => schema),
  ];
  const parts = schemas.flatMap((schema) => Object.entries(toJsonSchema(schema).properties ?? {}));
  const validator = new Ajv({ strict: false, formats: { email: true } });
  const wrong = parts.flatMap(([key, { examples = [], ...part }]) =>
    examples.filter((example) => !validator.validate(part, example)).map((example) => [key, example]),
  );
  assert.deepEqual(wrong, []);
});

test("every key of Compose has a meaning", () => {
  const silent = composeChapters().flatMap(({ place, keys }) =>
    keys.flatMap(({ key, meaning }) => (meaning === "" ? [`${place} ${key}`] : [])),
  );
  assert.deepEqual(silent, []);
});
