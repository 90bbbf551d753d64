import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type CommandLine, commandLine, type Run, transcript } from "../e2e/command-line.ts";
import { freePort } from "../e2e/machine.ts";
import { visit } from "../e2e/visit.ts";
import { gitRepositories } from "./repositories/git.ts";
import { linkRepositories } from "./repositories/links.ts";
import { plantModules, programRepositories } from "./repositories/programs.ts";
import { siteRepositories } from "./repositories/sites.ts";
import { terraformRepositories } from "./repositories/terraform.ts";
import { textRepositories } from "./repositories/texts.ts";
import { type HostileRepository, harbor, type Outcome, type Verb, verbs } from "./repository.ts";
import { setTrap, type Trap } from "./trap.ts";

const repositories: readonly HostileRepository[] = [
  ...linkRepositories,
  ...textRepositories,
  ...terraformRepositories,
  ...programRepositories,
  ...gitRepositories,
  ...siteRepositories,
];

const words: Readonly<Record<Verb, readonly string[]>> = {
  check: ["check"],
  init: ["init", "--yes"],
  import: ["import"],
  plan: ["plan", "--local"],
  up: ["up", "--local", "--yes"],
};

/** These read files and nothing else: no text may keep them longer, in seconds, on the busiest machine. */
const reading: readonly Verb[] = ["check", "init", "import"];
const patience = 20;

/** These write into the project: they get one of their own. */
const writing: readonly Verb[] = ["init", "import"];

/** What a terminal obeys: C0 and C1 but tab and line feed, and marks of direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is searched for.
const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Repositories of strangers, used as their owners hope: nothing of the person's is read, run, published or changed. */
describe("hostile repositories", { timeout: 60 * 60_000 }, () => {
  let scratch = "";
  let trap: Trap;
  let place: Readonly<Record<string, string>>;
  let count = 0;

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "freehold-hostile-"));
    trap = await setTrap(scratch);
    place = { LOCAL_AWS_PORT: String(await freePort()), LOCAL_AWS_FOLDER: join(scratch, "local-aws") };
  });

  after(async () => {
    await cliIn(scratch).run(["local", "reset", "--yes"]);
    trap.close();
    await rm(scratch, { recursive: true, force: true });
  });

  function cliIn(folder: string, first: readonly string[] = []): CommandLine {
    const path = [...first, process.env["PATH"] ?? ""].join(delimiter);
    return commandLine(folder, { ...place, ...trap.variables, PATH: path });
  }

  async function project(compose: string): Promise<string> {
    count += 1;
    const folder = join(scratch, "projects", String(count));
    await mkdir(folder, { recursive: true });
    if (compose !== "") await writeFile(join(folder, "compose.yaml"), compose);
    return folder;
  }

  async function demandUntouched(run: Run): Promise<void> {
    assert.deepEqual(await trap.touched(), [], transcript(run));
    const shown = run.stdout + run.stderr;
    for (const secret of trap.secrets) assert.ok(!shown.includes(secret), transcript(run));
    assert.doesNotMatch(shown, obeyed);
  }

  test("Python modules, where local-aws is started", async () => {
    const folder = await project(harbor);
    await plantModules(folder, trap);
    const start = await cliIn(folder).run(["local", "start"]);
    await demandUntouched(start);
    assert.equal(start.code, 0, transcript(start));
  });

  test("the application that the repositories claim to be is live", async () => {
    const up = await cliIn(await project(harbor)).run(["up", "--local", "--yes"]);
    assert.equal(up.code, 0, transcript(up));
  });

  for (const repository of repositories)
    test(repository.what, async () => {
      const used = await planted(repository);
      const written = await planted(repository);
      for (const verb of verbs) {
        const outcome = repository.outcomes[verb];
        const folder = writing.includes(verb) ? written : used;
        if (outcome === undefined) continue;
        const run = await tryVerb(verb, outcome, cliIn(folder, repository.path?.(folder)));
        if (verb === "up" && repository.page !== undefined) await demandPage(run, repository.page);
      }
    });

  test("no call bears a key of the person's", async () => {
    const logs = join(scratch, "local-aws/log");
    const calls = (await readdir(logs)).filter((name) => name.startsWith("calls.log"));
    const text = await Promise.all(calls.map((name) => readFile(join(logs, name), "utf8")));
    assert.match(text.join(""), /AssumeRole|GetCallerIdentity/);
    for (const secret of trap.secrets) assert.ok(!text.join("").includes(secret));
  });

  async function demandPage(run: Run, page: string): Promise<void> {
    const address = /http:\/\/[a-z0-9]+\.cloudfront\.localhost:\d+/.exec(run.stdout)?.[0] ?? "";
    assert.equal((await visit(`${address}/`)).text, page, transcript(run));
  }

  async function planted(repository: HostileRepository): Promise<string> {
    const folder = await project(repository.compose ?? harbor);
    await repository.plant(folder, trap);
    return folder;
  }

  async function tryVerb(verb: Verb, outcome: Outcome, cli: CommandLine): Promise<Run> {
    const run = await cli.run(words[verb]);
    await demandUntouched(run);
    assert.ok(outcome.codes.includes(run.code), transcript(run));
    if (reading.includes(verb)) assert.ok(run.seconds < patience, transcript(run));
    if (outcome.screen !== undefined) assert.match(run.stdout + run.stderr, outcome.screen);
    return run;
  }
});
