import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { repository } from "../house/source-files.ts";
import { commandLine, transcript } from "./command-line.ts";
import { eventually } from "./eventually.ts";
import { freePort } from "./machine.ts";
import { visit } from "./visit.ts";

/** A repository as it was before Freehold, and what is seen of it afterwards. */
interface Journey {
  readonly name: string;
  readonly check: (origin: string) => Promise<void>;
}

const journeys: readonly Journey[] = [
  { name: "harbour-go", check: showsShips },
  { name: "bakery-django", check: bakesBread },
  { name: "tickets-rails", check: closesTickets },
];

for (const { name, check } of journeys) {
  describe(`the repository ${name}, with nothing edited by hand`, { timeout: 14 * 60_000 }, () => {
    let scratch = "";
    let project = "";
    let local: Readonly<Record<string, string>> = {};

    before(async () => {
      scratch = await mkdtemp(join(tmpdir(), "freehold-repository-"));
      project = join(scratch, name);
      local = { LOCAL_AWS_PORT: String(await freePort()), LOCAL_AWS_FOLDER: join(scratch, "local-aws") };
      await cp(join(repository, "test/e2e/repositories", name), project, { recursive: true });
    });

    after(async () => {
      await commandLine(project, local).run(["local", "reset", "--yes"]);
      await rm(scratch, { recursive: true, force: true });
    });

    test("is proposed a file, comes up and answers", async () => {
      const cli = commandLine(project, local);
      const proposed = await cli.run(["init", "--yes"]);
      assert.equal(proposed.code, 0, transcript(proposed));
      const up = await cli.run(["up", "--local", "--yes"]);
      assert.equal(up.code, 0, transcript(up));
      const origin = /http:\/\/[a-z0-9]+\.cloudfront\.localhost:\d+/.exec(up.stdout)?.[0] ?? "";
      assert.notEqual(origin, "", transcript(up));
      await check(origin);
    });
  });
}

async function showsShips(origin: string): Promise<void> {
  const { status, text } = await visit(`${origin}/ships`);
  assert.deepEqual([status, JSON.parse(text)[0]], [200, { name: "Antje", berth: 1 }]);
}

/** A row of a migration, then one that a Celery task wrote, its result read through Redis. */
async function bakesBread(origin: string): Promise<void> {
  assert.match((await visit(`${origin}/`)).text, /<li>rye<\/li>/);
  const { task } = JSON.parse((await visit(`${origin}/bake/spelt/`)).text);
  const baked = async () => JSON.parse((await visit(`${origin}/baked/${task}/`)).text).result;
  await eventually(60, baked, (result) => result === "spelt is baked");
  assert.match((await visit(`${origin}/`)).text, /<li>spelt<\/li>/);
}

/** A ticket that is open when it is written, and closed by Sidekiq. */
async function closesTickets(origin: string): Promise<void> {
  const { status } = await visit(`${origin}/tickets/leak`, { method: "POST" });
  assert.equal(status, 200);
  const page = async () => (await visit(`${origin}/`)).text;
  await eventually(60, page, (text) => text.includes("<li>leak: closed</li>"));
}
