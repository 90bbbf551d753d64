import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { repository } from "../house/source-files.ts";
import { type CommandLine, commandLine, transcript } from "./command-line.ts";
import { eventually } from "./eventually.ts";
import { freePort } from "./machine.ts";
import { visit } from "./visit.ts";

/** A repository as it was before Freehold, and what is seen of it afterwards. */
interface Journey {
  readonly name: string;
  readonly check: (origin: string, cli: CommandLine) => Promise<void>;
}

const journeys: readonly Journey[] = [
  { name: "harbour-go", check: showsShips },
  { name: "bakery-django", check: bakesBread },
  { name: "tickets-rails", check: closesTickets },
  { name: "orchard-next", check: sellsApples },
  { name: "guesthouse-wordpress", check: hostsGuests },
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

    test("is proposed a file, comes up and answers", async (context) => {
      const cli = commandLine(project, local);
      const proposed = await cli.run(["init", "--yes"]);
      assert.equal(proposed.code, 0, transcript(proposed));
      const up = await cli.run(["up", "--local", "--yes"]);
      assert.equal(up.code, 0, transcript(up));
      context.diagnostic(`up took ${up.seconds.toFixed(0)} s`);
      const origin = /http:\/\/[a-z0-9]+\.cloudfront\.localhost:\d+/.exec(up.stdout)?.[0] ?? "";
      assert.notEqual(origin, "", transcript(up));
      await check(origin, cli);
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

/** Next.js renders what the API has, asked by its name; the API answers the internet as well; the browser is given its script. */
async function sellsApples(origin: string): Promise<void> {
  const body = JSON.stringify({ name: "Cox", cents: 310 });
  const headers = { "content-type": "application/json" };
  const sold = await visit(`${origin}/api/apples`, { method: "POST", headers, body });
  assert.deepEqual([sold.status, JSON.parse(sold.text)], [201, { name: "Cox", price: "3.10 €" }]);
  const { text } = await visit(`${origin}/`);
  for (const line of ["<h1>Orchard</h1>", "<li>Boskoop: 2.49 €</li>", "<li>Cox: 3.10 €</li>"])
    assert.ok(text.includes(line), text);
  const script = /"(\/_next\/static\/[^"]+\.js)"/.exec(text)?.[1] ?? "";
  assert.match(String((await visit(origin + script)).headers["content-type"]), /javascript/);
}

/** WordPress is installed from the browser; what is uploaded is on the volume, where the next task finds it. */
async function hostsGuests(origin: string, cli: CommandLine): Promise<void> {
  const first = await visit(`${origin}/`);
  assert.deepEqual([first.status, first.headers["location"]], [302, `${origin}/wp-admin/install.php`]);
  const installed = await visit(`${origin}/wp-admin/install.php?step=2`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(installation).toString(),
  });
  assert.equal(installed.status, 200, installed.text);
  const { text } = await visit(`${origin}/`);
  for (const line of ["<h1>At Bea’s</h1>", "12 beds, photographs of up to 64M", "<h2>Hello world!</h2>"])
    assert.ok(text.includes(line), text);
  const { text: answer } = await visit(`${origin}/xmlrpc.php`, {
    method: "POST",
    body: uploadOf("Breakfast at eight."),
  });
  const url = /<string>(http:[^<]+rules[^<]*\.txt)<\/string>/.exec(answer)?.[1] ?? "";
  assert.equal((await visit(url)).text, "Breakfast at eight.", answer);
  const run = await cli.run(["run", "--local", "wordpress", "--", "cat", new URL(url).pathname.slice(1)]);
  assert.match(run.stdout, /Breakfast at eight\./, transcript(run));
}

const installation = {
  weblog_title: "At Bea’s",
  user_name: "bea",
  admin_password: "twelve beds",
  admin_password2: "twelve beds",
  pw_weak: "on",
  admin_email: "bea@guesthouse.example",
  language: "",
};

/** https://codex.wordpress.org/XML-RPC_WordPress_API/Media#wp.uploadFile */
function uploadOf(content: string): string {
  const bits = Buffer.from(content).toString("base64");
  const members = [
    ["name", "<string>rules.txt</string>"],
    ["type", "<string>text/plain</string>"],
    ["bits", `<base64>${bits}</base64>`],
  ].map(([name, value]) => `<member><name>${name}</name><value>${value}</value></member>`);
  const values = [
    "<int>1</int>",
    `<string>${installation.user_name}</string>`,
    `<string>${installation.admin_password}</string>`,
    `<struct>${members.join("")}</struct>`,
  ].map((value) => `<param><value>${value}</value></param>`);
  return `<?xml version="1.0"?><methodCall><methodName>wp.uploadFile</methodName><params>${values.join("")}</params></methodCall>`;
}
