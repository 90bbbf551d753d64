import assert from "node:assert/strict";
import { test } from "node:test";
import { composeChapters, freeholdChapters } from "./settings.ts";

function settingsOf(place: string) {
  return freeholdChapters().find((chapter) => chapter.place === place)?.settings ?? [];
}

test("a setting tells its values, its default and its meaning", () => {
  const days = settingsOf("type: queue").find(({ key }) => key === "retention_days");
  assert.deepEqual(days, {
    key: "retention_days",
    value: "whole number, 1 to 14",
    initial: "`4`",
    isRequired: false,
    meaning: "Days a message waits at most.",
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
  const silent = freeholdChapters().flatMap(({ place, settings }) =>
    settings.flatMap(({ key, meaning }) => (meaning === "" ? [`${place} ${key}`] : [])),
  );
  assert.deepEqual(silent, []);
});

test("every key of Compose's services has a meaning", () => {
  const [, service] = composeChapters();
  const silent = service?.keys.flatMap(({ key, meaning }) => (meaning === "" ? [key] : []));
  assert.deepEqual(silent, []);
});
