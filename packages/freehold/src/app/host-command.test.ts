import assert from "node:assert/strict";
import { test } from "node:test";
import { describeHostCommand } from "./host-command.ts";

for (const [folder, command, shown] of [
  [".", "npm run build", "runs on this machine: npm run build (in the project's folder)"],
  ["web", "npm ci\nnpm run build\n", "runs on this machine: npm ci⏎ npm run build⏎  (in web)"],
  ["a\u001b[2Jb", "true\u001b[1A\r#", "runs on this machine: true\\u001b[1A\\u000d# (in a\\u001b[2Jb)"],
  ["web", "true #\u202e live", "runs on this machine: true #\\u202e live (in web)"],
] as const)
  test(`${JSON.stringify(command)} is shown on one line, with nothing hidden`, () =>
    assert.equal(describeHostCommand({ folder, command }), shown));
