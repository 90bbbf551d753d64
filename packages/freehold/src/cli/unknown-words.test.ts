import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { callFreehold } from "./testing/call-freehold.ts";

const place = { folder: tmpdir(), environment: { PATH: process.env["PATH"] } };

/** What people of other tools type, and what the answer has to name; every call ends with 2. */
const table: readonly (readonly [line: string, answer: RegExp])[] = [
  ...["deploy", "apply", "launch", "push", "start", "create"].map((one) => [one, /`freehold up`/] as const),
  ...["ps", "ls", "list", "open"].map((one) => [one, /`freehold status`/] as const),
  ...["down", "rm", "delete", "remove", "teardown", "stop"].map(
    (one) => [one, /Nothing was changed\. One command, `destroy`/] as const,
  ),
  ...["exec", "ssh", "console"].map((one) => [one, /`freehold run SERVICE -- COMMAND`/] as const),
  ...["env", "config", "vars"].map((one) => [one, /written in the file/] as const),
  ["app init", /`freehold init`/],
  ["svc deploy", /`freehold init`/],
  ["scale api=3", /x-freehold\.scale/],
  ["restart api", /`freehold up`/],
  ["revert", /`freehold releases`/],
  ["diff", /`freehold plan`/],
  ["validate", /`freehold check`/],
  ["login", /AWS_PROFILE/],
  ["statsu", /Did you mean `status`\?/],
  ["plna", /Did you mean `plan`\?/],
  ["up --force", /Nothing is forced/],
  ["destroy --force", /Nothing is forced/],
  ["up --auto-approve", /Nothing is forced/],
  ["up --env staging", /`freehold plan staging`/],
  ["up --region eu-west-1", /written in the file/],
  ["up --dry-run", /`freehold plan`/],
  ["up --lcoal", /Did you mean `--local`\?/],
];

for (const [line, answer] of table)
  test(`freehold ${line} is answered`, async () => {
    const { status, stderr } = await callFreehold(line.split(" "), place);
    assert.equal(status, 2);
    assert.match(stderr, answer);
  });

/** Words near to what removes or goes back, or to what answers questions. */
for (const line of [
  ...[
    "deploy",
    "destory",
    "destro",
    "destroyy",
    "rolback",
    "rollbakc",
    "roll-back",
    "down",
    "delete",
    "local rest",
    "local resett",
    "local stpo",
  ],
  ...[
    "up --yess",
    "destroy --yse",
    "destroy --colection x",
    "up --trsut x",
    "import --forse",
    "rm",
    "remove",
  ],
])
  test(`freehold ${line} never leads to what removes or goes back`, async () => {
    const { status, stderr } = await callFreehold(line.split(" "), place);
    assert.equal(status, 2);
    assert.doesNotMatch(stderr, /did you mean/i);
    assert.doesNotMatch(stderr, /freehold (?:destroy|rollback|local (?:stop|reset))|--yes\b/);
  });

test("a program that reads --json is told the same", async () => {
  const { status, stdout } = await callFreehold(["deploy", "--json"], place);
  assert.equal(status, 2);
  const { type, exitCode, problems } = JSON.parse(stdout);
  assert.deepEqual([type, exitCode, problems[0].code], ["failed", 2, "usage"]);
  assert.match(problems[0].hint, /`freehold up`/);
});
