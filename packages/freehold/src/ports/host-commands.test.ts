import assert from "node:assert/strict";
import { chmod, mkdir, readFile, rename, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, test } from "node:test";
import type { Site } from "../app/application.ts";
import { demandConsent, hostCommandDigest } from "../engine/build/host-commands.ts";
import type { Event } from "../engine/events.ts";
import type { Ports } from "../engine/ports.ts";
import { UserError } from "../errors.ts";
import { createFiles } from "./files.ts";
import { createHostCommands } from "./host-commands.ts";
import { answeredKinds, createQuestions } from "./questions.ts";

const built = { folder: "web", command: "npm run build" };
const changed = { folder: "web", command: "npm run build " };
const elsewhere = { folder: "admin", command: "npm run build" };

let root: string;
let dispose: () => Promise<void>;
beforeEach(async () => {
  const temporary = await createFiles("/").temporary();
  root = temporary.path;
  dispose = temporary.dispose;
  await mkdir(join(root, "shop"));
});
afterEach(() => dispose());

interface Run {
  readonly commands?: readonly { readonly folder: string; readonly command: string }[];
  readonly project?: string;
  readonly isYes?: boolean;
  readonly isLocal?: boolean;
  /** What the person types; without it there is no terminal. */
  readonly answer?: string;
  readonly pinned?: readonly string[];
}

interface Ended {
  /** `agreed`, or the code of the error and its exit code. */
  readonly outcome: string;
  readonly asked: string;
  readonly notes: readonly string[];
  readonly error?: UserError;
}

/** What becomes of a run that would run these commands. */
async function consent({ commands = [built], project = "shop", ...run }: Run): Promise<Ended> {
  const output = new PassThrough();
  const input = new PassThrough();
  if (run.answer !== undefined) input.end(`${run.answer}\n`);
  const folder = join(root, project);
  const ports = {
    files: createFiles(folder),
    hostCommands: hostCommandsOf(folder, run.pinned),
    questions: createQuestions({
      answered: answeredKinds({ isYes: run.isYes === true, isLocal: run.isLocal === true }),
      ...(run.answer === undefined ? {} : { terminal: { input, output } }),
    }),
  } as unknown as Ports;
  const events: Event[] = [];
  const ended = await demandConsent({ services: commands.map(siteOf) }, ports, (event) =>
    events.push(event),
  ).then(
    () => ({ outcome: "agreed" }),
    (error: unknown) => {
      assert.ok(error instanceof UserError, String(error));
      return { outcome: `${error.problems[0]?.code} ${error.exitCode}`, error };
    },
  );
  const notes = events.flatMap((event) => (event.type === "note" ? [event.message] : []));
  return { ...ended, asked: String(output.read() ?? ""), notes };
}

function hostCommandsOf(project: string, pinned: readonly string[] = []) {
  return createHostCommands({
    project,
    environment: { HOME: "/nowhere", XDG_STATE_HOME: join(root, "state") },
    pinned,
  });
}

function siteOf(source: { readonly folder: string; readonly command: string }, index: number): Site {
  const name = `site${index}`;
  return {
    type: "site",
    name,
    path: "/",
    mode: "static",
    reason: "",
    source: { kind: "host", output: "dist", ...source },
  };
}

const recordPath = () => join(root, "state", "freehold", "trust.json");
const once = { answer: "yes" };

const table: readonly (readonly [name: string, before: readonly Run[], run: Run, outcome: string])[] = [
  ["a person says yes", [], { answer: "yes" }, "agreed"],
  ["a person says no", [], { answer: "no" }, "declined 130"],
  ["no terminal", [], {}, "host-command 2"],
  ["--yes without a terminal", [], { isYes: true }, "host-command 2"],
  ["--yes --local without a terminal", [], { isYes: true, isLocal: true }, "host-command 2"],
  ["--yes in a terminal is asked all the same", [], { isYes: true, answer: "no" }, "declined 130"],
  ["the right digest", [], { pinned: [hostCommandDigest(built)] }, "agreed"],
  ["the digest of another command", [], { pinned: [hostCommandDigest(changed)] }, "unknown-digest 2"],
  [
    "a digest of the same command in another folder",
    [],
    { pinned: [hostCommandDigest(elsewhere)] },
    "unknown-digest 2",
  ],
  [
    "the first half of the digest",
    [],
    { pinned: [hostCommandDigest(built).slice(0, 32)] },
    "unknown-digest 2",
  ],
  [
    "a digest where there is no command",
    [],
    { commands: [], pinned: [hostCommandDigest(built)] },
    "unknown-digest 2",
  ],
  ["a wrong digest beside an agreed command", [once], { pinned: ["abc"] }, "unknown-digest 2"],
  [
    "one of two is pinned",
    [],
    { commands: [built, elsewhere], pinned: [hostCommandDigest(built)] },
    "host-command 2",
  ],
  [
    "both are pinned",
    [],
    { commands: [built, elsewhere], pinned: [built, elsewhere].map(hostCommandDigest) },
    "agreed",
  ],
  ["no command", [], { commands: [] }, "agreed"],
  ["agreed to before", [once], {}, "agreed"],
  ["declined before", [{ answer: "no" }], {}, "host-command 2"],
  ["pinned before", [{ pinned: [hostCommandDigest(built)] }], {}, "host-command 2"],
  ["agreed to before, and one character more", [once], { commands: [changed] }, "host-command 2"],
  ["agreed to before, in another folder", [once], { commands: [elsewhere] }, "host-command 2"],
  ["agreed to before, and another beside it", [once], { commands: [built, elsewhere] }, "host-command 2"],
  [
    "agreed to before one after the other",
    [once, { ...once, commands: [elsewhere] }],
    { commands: [built, elsewhere] },
    "agreed",
  ],
];

for (const [name, before, run, outcome] of table)
  test(`a command of the file: ${name}: ${outcome}`, async () => {
    for (const one of before) await consent(one);
    assert.equal((await consent(run)).outcome, outcome);
  });

test("the question shows each command with its folder", async () => {
  const { asked } = await consent({
    commands: [built, { folder: ".", command: "make\u001b[2K" }],
    answer: "no",
  });
  assert.match(asked, /site0: runs on this machine: npm run build \(in web\)\n/);
  assert.match(asked, /site1: runs on this machine: make\\u001b\[2K \(in the project's folder\)\n/);
});

test("what nobody can be asked about names each command and the pin that agrees to it", async () => {
  const { error } = await consent({ commands: [built, elsewhere], isYes: true });
  assert.deepEqual(
    error?.problems.map(({ subject }) => subject),
    ["services.site0.x-freehold.build", "services.site1.x-freehold.build"],
  );
  for (const [index, one] of [built, elsewhere].entries()) {
    assert.ok(error?.problems[index]?.message.includes(`${one.command} (in ${one.folder})`));
    assert.ok(error?.problems[index]?.hint?.endsWith(`--trust ${hostCommandDigest(one)}`));
  }
});

test("consent is for the real place of a project: one that was moved is asked about, a link to it is not", async () => {
  await consent(once);
  await symlink(join(root, "shop"), join(root, "link"));
  assert.equal((await consent({ project: "link" })).outcome, "agreed");
  await rename(join(root, "shop"), join(root, "moved"));
  assert.equal((await consent({ project: "moved" })).outcome, "host-command 2");
});

test("the record is closed to others, and is written whole", async () => {
  await consent(once);
  assert.equal((await stat(recordPath())).mode & 0o777, 0o600);
  assert.equal((await stat(dirname(recordPath()))).mode & 0o777, 0o700);
  assert.deepEqual(JSON.parse(await readFile(recordPath(), "utf8")), {
    version: 1,
    hostCommands: [{ project: join(root, "shop"), ...built }],
  });
});

const faults: readonly (readonly [name: string, spoil: () => Promise<unknown>, reason: RegExp])[] = [
  ["open to others", () => chmod(recordPath(), 0o644), /it is open to other users/],
  [
    "in a folder open to others",
    () => chmod(dirname(recordPath()), 0o755),
    /its folder is open to other users/,
  ],
  ["no JSON", () => writeFile(recordPath(), "{"), /it is not JSON/],
  ["of no version", () => writeFile(recordPath(), "{}"), /it names no format version/],
  ["of a later version", () => writeFile(recordPath(), '{"version":2}'), /its format is version 2/],
  ["damaged", () => writeFile(recordPath(), '{"version":1,"hostCommands":[{}]}'), /its entries are damaged/],
  [
    "a link",
    async () => {
      await rename(recordPath(), join(root, "planted"));
      await symlink(join(root, "planted"), recordPath());
    },
    /it is a link/,
  ],
  [
    "in a folder that is a link",
    async () => {
      await rename(dirname(recordPath()), join(root, "planted"));
      await symlink(join(root, "planted"), dirname(recordPath()));
    },
    /its folder is a link/,
  ],
  [
    "within the project",
    async () => {
      await rename(join(root, "state"), join(root, "shop", "state"));
      await symlink(join(root, "shop", "state"), join(root, "state"));
    },
    /it lies within the project/,
  ],
];

for (const [name, spoil, reason] of faults)
  test(`a record that is ${name} trusts nothing, is reported and loses nothing`, async () => {
    await consent(once);
    await spoil();
    const before = await readFile(recordPath(), "utf8");
    const { outcome, notes } = await consent({});
    assert.equal(outcome, "host-command 2");
    assert.match(notes.join("\n"), reason);
    assert.equal((await consent(once)).outcome, "agreed", "the person's yes holds for this run");
    assert.equal(await readFile(recordPath(), "utf8"), before);
  });

test("a command runs in its folder, and sees no variable but those of the list", async () => {
  await mkdir(join(root, "shop", "web"));
  const lines: string[] = [];
  const canaries = {
    AWS_SECRET_ACCESS_KEY: "canary",
    AWS_PROFILE: "canary",
    NODE_OPTIONS: "--title=canary",
    NPM_TOKEN: "canary",
    GITHUB_TOKEN: "canary",
    LC_CANARY: "canary",
    LD_PRELOAD: "",
    DATABASE_URL: "canary",
  };
  const environment = {
    ...canaries,
    PATH: process.env["PATH"],
    HOME: root,
    LANG: "C",
    LC_ALL: "C",
    CI: "true",
    NODE_ENV: "production",
  };
  const inherited = { ...process.env };
  Object.assign(process.env, environment);
  try {
    const port = createHostCommands({
      project: join(root, "shop"),
      environment: { ...process.env },
      pinned: [],
    });
    await port.run({ folder: "web", command: "pwd; env" }, (line) => lines.push(line));
  } finally {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, inherited);
  }
  const [at, ...variables] = lines;
  assert.equal(at, join(root, "shop", "web"));
  const names = variables.map((line) => line.slice(0, line.indexOf("=")));
  for (const name of Object.keys(canaries)) assert.ok(!names.includes(name), name);
  for (const name of ["PATH", "HOME", "LANG", "LC_ALL", "CI", "NODE_ENV"])
    assert.ok(names.includes(name), name);
});
