import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createAws } from "../../packages/freehold/src/ports/aws.ts";
import { type CommandLine, commandLine, transcript } from "../e2e/command-line.ts";
import { eventually } from "../e2e/eventually.ts";
import { killUp } from "../e2e/kill.ts";
import { freePort } from "../e2e/machine.ts";
import { visit } from "../e2e/visit.ts";
import { leftovers } from "./leftovers.ts";
import { type Moment, moments } from "./moments.ts";
import { randomFrom } from "./random.ts";

const seed = Number(process.env["KILL_SEED"] ?? Math.floor(Math.random() * 1_000_000));

/** `kill -9` of `freehold up` at ten random moments; after each, one `up` brings everything to its right end. */
describe(`killed at ten moments (KILL_SEED=${seed})`, { timeout: 90 * 60_000 }, () => {
  let scratch = "";
  let project = "";
  let folder = "";
  let cli: CommandLine;
  let edition = 0;
  /** Services that each change added; removing one is refused, since its repository holds images. */
  let helpers: readonly number[] = [];

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "freehold-kill-"));
    project = join(scratch, "depot");
    folder = join(scratch, "local-aws");
    await cp(join(import.meta.dirname, "fixtures/depot"), project, { recursive: true });
    cli = commandLine(project, {
      LOCAL_AWS_PORT: String(await freePort()),
      LOCAL_AWS_FOLDER: folder,
      XDG_STATE_HOME: join(scratch, "state"),
    });
  });

  after(async () => {
    await cli.run(["local", "reset", "--yes"]);
    await rm(scratch, { recursive: true, force: true });
  });

  for (const [index, moment] of moments(randomFrom(seed)).entries()) {
    const dead = moment.withTerraform ? "freehold and its Terraform" : "freehold";
    test(`${index + 1}. ${moment.name}: kill -9 of ${dead}`, async (context) => {
      await prepare(moment);
      const terraform = moment.withTerraform ? { terraformOf: join(scratch, "state") } : {};
      const { has, delay } = moment;
      const tooEarly = await killUp(cli, { has, delay, ...terraform });
      assert.equal(tooEarly, undefined, "it had ended before it could be killed");
      const up = await cli.events(["up", "--local", "--yes"]);
      assert.equal(up.code, 0, transcript(up));
      context.diagnostic(`up again: ${up.seconds.toFixed(0)} s; ${tookOver(up.events)}`);
      const plan = await cli.run(["plan", "--local", "--exit-code"]);
      assert.equal(plan.code, 0, transcript(plan));
      await answers(up.stdout);
      Object.assign(
        process.env,
        JSON.parse(await readFile(join(folder, "instance.json"), "utf8")).environment,
      );
      await eventually(
        60,
        () => leftovers(createAws("us-east-1"), folder),
        (found) => found.length === 0,
      );
    });
  }

  /** A change that reaches the collection, the environment and the image. */
  async function prepare({ before: what }: Moment): Promise<void> {
    edition += 1;
    if (what === "nothing") {
      await cli.run(["local", "reset", "--yes"]);
      await rm(join(scratch, "state"), { recursive: true, force: true });
      helpers = [];
    }
    helpers = [...helpers, edition];
    const template = (name: string) => readFile(join(import.meta.dirname, "fixtures/depot", name), "utf8");
    const server = (await template("server.js")).replace('"first"', `"edition ${edition}"`);
    await writeFile(join(project, "server.js"), server);
    const services = helpers.map((one) => `  helper-${one}: { build: ., x-freehold: { uses: [orders] } }\n`);
    const compose = (await template("compose.yaml")).replace("  page:\n", `${services.join("")}  page:\n`);
    await writeFile(join(project, "compose.yaml"), compose);
  }

  /** A machine that is busy with more than this may fail a health check now and then. */
  async function answers(stdout: string): Promise<void> {
    const origin = /http:\/\/[a-z0-9]+\.cloudfront\.localhost:\d+/.exec(stdout)?.[0] ?? "";
    const wanted = [200, JSON.stringify({ edition: `edition ${edition}` })];
    await eventually(
      30,
      async () => {
        const { status, text } = await visit(`${origin}/api`);
        return [status, text];
      },
      (answer) => JSON.stringify(answer) === JSON.stringify(wanted),
    );
    assert.match((await visit(`${origin}/`)).text, /<h1>Depot<\/h1>/);
  }
});

/** How many things the second run took over that the state did not know. */
function tookOver(events: Awaited<ReturnType<CommandLine["events"]>>["events"]): string {
  const changes = events
    .filter((event) => event.type === "changes")
    .flatMap((event) => [event["changes"]].flat());
  const imports = changes.filter((one) => Object(one).isImport === true);
  return `${imports.length} taken over`;
}
