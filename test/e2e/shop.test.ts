import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { repository } from "../house/source-files.ts";
import { resourcesOf, s3Object, withoutState } from "./aws-objects.ts";
import { openBrowser } from "./browser.ts";
import {
  type CommandLine,
  commandLine,
  type PrintedEvent,
  secondsToFail,
  transcript,
} from "./command-line.ts";
import { copyShop } from "./copy-shop.ts";
import { eventually } from "./eventually.ts";
import { killUp } from "./kill.ts";
import { dockerHoldings, freePort, stillHeld } from "./machine.ts";
import { type VisitOptions, visit } from "./visit.ts";
import { sendVisitor } from "./visitor.ts";

/** The first whole journey, as a user makes it: examples/shop from its Compose file to a browser, and back to nothing. */
describe("the shop", { timeout: 18 * 60_000 }, () => {
  let scratch = "";
  let project = "";
  let folder = "";
  let cli: CommandLine;
  let origin = "";
  let port = 0;

  before(async () => {
    port = await freePort();
    scratch = await mkdtemp(join(tmpdir(), "freehold-journey-"));
    project = join(scratch, "shop");
    folder = join(scratch, "local-aws");
    await copyShop(project);
    cli = commandLine(project, { LOCAL_AWS_PORT: String(port), LOCAL_AWS_FOLDER: folder });
  });

  after(async () => {
    await cli.run(["local", "reset", "--yes"]);
    await rm(scratch, { recursive: true, force: true });
  });

  test("is killed with its Terraform in the middle of the first apply", async () => {
    const isHalf = (event: PrintedEvent) =>
      event["id"] === "apply/collection" && /^2\d of /.test(String(event["message"]));
    const tooEarly = await killUp(cli, { has: isHalf, delay: 0, terraformOf: project });
    assert.equal(tooEarly, undefined);
  });

  test("comes up all the same, from what is there", async () => {
    const up = await cli.run(["up", "--local", "--yes"]);
    assert.equal(up.code, 0, transcript(up));
    origin = /http:\/\/[a-z0-9]+\.cloudfront\.localhost:\d+/.exec(up.stdout)?.[0] ?? "";
    assert.notEqual(origin, "", transcript(up));
  });

  test("is as planned straight after", async () => {
    const plan = await cli.run(["plan", "--local", "--exit-code"]);
    assert.equal(plan.code, 0, transcript(plan));
  });

  test("serves the site, a deep link, and a true 404 for a missing asset", async () => {
    const home = await visit(`${origin}/`);
    assert.equal(home.status, 200);
    assert.equal(home.headers["cache-control"], "no-cache");
    assert.equal((await visit(`${origin}/products/lantern`)).text, home.text);
    const asset = /\/assets\/[^"]+\.js/.exec(home.text)?.[0] ?? "";
    const script = await visit(origin + asset);
    assert.equal(script.status, 200);
    assert.match(String(script.headers["cache-control"]), /max-age=31536000/);
    assert.equal((await visit(`${origin}/assets/missing-1234abcd.js`)).status, 404);
  });

  test("answers from PostgreSQL, and passes an API's errors on as they are", async () => {
    const products = await json(`${origin}/api/products`);
    assert.equal(products.status, 200);
    assert.equal(list(products.body).length, 8);
    const missing = await json(`${origin}/api/products/unicorn`);
    assert.deepEqual([missing.status, missing.body], [404, { error: "there is no such product" }]);
    const broken = await json(`${origin}/api/broken`);
    assert.deepEqual([broken.status, broken.body], [500, { error: "this page fails on purpose" }]);
    assert.equal((await json(`${origin}/apiary`)).status, 200, "a path beside /api is the site's");
  });

  test("counts visits in the cache", async () => {
    const visit = async () => (await json(`${origin}/api/visits`, { method: "POST" })).body;
    const first = field(await visit(), "visits");
    assert.equal(field(await visit(), "visits"), Number(first) + 1);
  });

  test("takes an upload into the bucket", async () => {
    const body = await readFile(join(repository, "examples/shop/web/public/favicon.svg"));
    const saved = await json(`${origin}/api/uploads`, {
      method: "POST",
      headers: { "content-type": "image/svg+xml" },
      body,
    });
    assert.equal(saved.status, 201);
    const read = await visit(`${origin}/api/uploads/${field(saved.body, "key")}`);
    assert.equal(read.headers["content-type"], "image/svg+xml");
    assert.equal(read.text, body.toString("utf8"));
  });

  test("lets a visitor order in the browser: page, API, queue, worker, page", async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(`${origin}/`);
      await page.getByText("Deed box").click();
      await page.getByLabel("How many?").fill("3");
      await page.getByRole("button", { name: "Order" }).click();
      await page.locator('tr[data-status="done"]', { hasText: "3 × Deed box" }).waitFor({ timeout: 30_000 });
      assert.deepEqual(errors, []);
    } finally {
      await browser.close();
    }
  });

  test("has its report of the minute", async () => {
    const reports = await eventually(
      90,
      async () => list((await json(`${origin}/api/reports`)).body),
      (found) => found.length > 0,
    );
    assert.ok(Number(field(reports[0], "orders")) >= 0);
  });

  test("has logs that hold no warning of its libraries", async () => {
    const logs = await cli.run(["logs", "--local"]);
    assert.equal(logs.code, 0, transcript(logs));
    assert.match(logs.stdout, /report of /);
    assert.doesNotMatch(logs.stdout, /warning/i);
  });

  test("runs a one-off task and ends with its exit code", async () => {
    const script = "console.log('from inside'); process.exit(7)";
    const run = await cli.run(["run", "--local", "api", "--", "node", "-e", script]);
    assert.equal(run.code, 7, transcript(run));
    assert.match(run.stdout, /from inside/);
  });

  test("builds one image and touches one service after an edit, and rolls back; no visitor is lost", async (t) => {
    const source = join(project, "api/src/routes.js");
    const text = await readFile(source, "utf8");
    await writeFile(source, text.replace("{ ok: true }", '{ ok: true, edition: "second" }'));
    const before = await taskDefinitions();
    const visitor = sendVisitor(`${origin}/api/health`);
    t.after(visitor.leave);
    const up = await cli.events(["up", "--local", "--yes"]);
    assert.equal(up.code, 0, transcript(up));
    const built = up.events.filter(
      (event) =>
        event.type === "step-finished" && /^build\//.test(String(event["id"])) && event["outcome"] === "done",
    );
    assert.deepEqual(
      built.map((event) => event["id"]),
      ["build/api"],
    );
    const now = await taskDefinitions();
    assert.deepEqual(
      Object.keys(now).filter((service) => now[service] !== before[service]),
      ["api"],
    );
    assert.equal(field((await json(`${origin}/api/health`)).body, "edition"), "second");

    const rollback = await cli.run(["rollback", "--local", "--yes"]);
    assert.equal(rollback.code, 0, transcript(rollback));
    assert.deepEqual((await json(`${origin}/api/health`)).body, { ok: true });
    await visitor.leave();
    assert.deepEqual([...new Set(visitor.answers())].sort(), [
      '200 {"ok":true,"edition":"second"}',
      '200 {"ok":true}',
    ]);
    assert.deepEqual(await taskDefinitions(), before);
    await writeFile(source, text);
  });

  test("serves on when a release crashes at its start, which ends by itself and says why", async () => {
    const source = join(project, "api/src/server.js");
    const text = await readFile(source, "utf8");
    await writeFile(source, `throw new TypeError("the till is missing");\n${text}`);
    const before = await taskDefinitions();
    const visitor = sendVisitor(`${origin}/api/health`);
    const up = await cli.run(["up", "--local", "--yes"]);
    const answers = visitor.answers();
    await visitor.leave();
    await writeFile(source, text);
    assert.equal(up.code, 1, transcript(up));
    assert.ok(secondsToFail(up) < 90, transcript(up));
    assert.match(up.stderr, /^api: It ended with exit code 1, and again when it was started anew\.$/m);
    assert.match(up.stderr, /^ {2}│ TypeError: the till is missing$/m);
    assert.deepEqual([...new Set(answers)], ['200 {"ok":true}'], `${answers.length} answers`);
    assert.deepEqual(await taskDefinitions(), before);
  });

  test("comes back with its data after a stop and a start", async () => {
    const orders = list((await json(`${origin}/api/orders`)).body).length;
    const stop = await cli.run(["local", "stop"]);
    assert.equal(stop.code, 0, transcript(stop));
    await assert.rejects(visit(`${origin}/`));
    const start = await cli.run(["local", "start"]);
    assert.equal(start.code, 0, transcript(start));
    await eventually(
      90,
      () => visit(`${origin}/api/orders`).then((answer) => answer.status),
      (status) => status === 200,
    );
    assert.equal(list((await json(`${origin}/api/orders`)).body).length, orders);
    assert.equal((await visit(`${origin}/`)).status, 200);
  });

  test("stops before Terraform is started when its state cannot be read", async () => {
    const key = "shop/default/environments/dev.tfstate";
    const state = await withoutState(port, key, '{"version":4,"resour', async () => {
      for (const verb of [["plan"], ["up", "--yes"], ["destroy", "dev", "--yes"]]) {
        const { code, events } = await cli.events([...verb, "--local"]);
        const failed = events.find(({ type }) => type === "failed");
        assert.deepEqual([code, failed?.["exitCode"]], [1, 1]);
        assert.match(JSON.stringify(failed), /unreadable-state.*dev\.tfstate/);
        assert.deepEqual(
          events.filter(({ type }) => type === "step-started").map(({ id }) => id),
          [],
        );
      }
    });
    assert.equal(await s3Object(port, key), state);
  });

  test("is destroyed, environment and collection, and leaves nothing but what it says", async () => {
    const held = await dockerHoldings(folder);
    assert.ok(held.length > 10, held.join("\n"));
    const environment = await cli.events(["destroy", "dev", "--local", "--yes"]);
    assert.equal(environment.code, 0, transcript(environment));
    const collection = await cli.events(["destroy", "--collection", "default", "--local", "--yes"]);
    assert.equal(collection.code, 0, transcript(collection));

    const kept = keptOf(collection.events);
    const kinds = kept.map((subject) => /^(state bucket|database snapshot|secret) /.exec(subject)?.[1]);
    assert.deepEqual(
      [...new Set(kinds)].sort(),
      ["database snapshot", "secret", "state bucket"],
      kept.join("\n"),
    );
    // EC2 shows a deleted NAT gateway for an hour.
    const arns = (await resourcesOf(port, "shop")).filter((arn) => !arn.includes(":natgateway/"));
    assert.deepEqual(
      arns.filter((arn) => !kept.some((subject) => arn.endsWith(subject.split(" ").at(-1) ?? ""))),
      [],
    );
    await eventually(
      30,
      async () => [...(await dockerHoldings(folder)), ...(await stillHeld(held))],
      (holdings) => !holdings.some((one) => /^(container|network) /.test(one)),
    );
  });

  test("comes up again from nothing", async () => {
    const up = await cli.run(["up", "--local", "--yes"]);
    assert.equal(up.code, 0, transcript(up));
    const again = /http:\/\/[a-z0-9]+\.cloudfront\.localhost:\d+/.exec(up.stdout)?.[0] ?? "";
    assert.equal(list((await json(`${again}/api/products`)).body).length, 8);
  });

  async function taskDefinitions(): Promise<Readonly<Record<string, string>>> {
    const { events } = await cli.events(["releases", "--local"]);
    const finished = events.find((event) => event.type === "finished");
    const [live] = list(field(finished?.["value"], "releases"));
    const services = Object.entries(Object(field(live, "services")));
    return Object.fromEntries(services.map(([name, one]) => [name, String(field(one, "taskDefinitionArn"))]));
  }
});

/** Subjects of what a `destroy --json` says it kept. */
function keptOf(events: readonly PrintedEvent[]): readonly string[] {
  const finished = events.find((event) => event.type === "finished");
  return list(field(finished?.["value"], "kept")).map((one) => String(field(one, "subject")));
}

async function json(
  url: string,
  options?: VisitOptions,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const { status, headers, text } = await visit(url, options);
  return { status, body: String(headers["content-type"]).includes("json") ? JSON.parse(text) : text };
}

function list(value: unknown): readonly unknown[] {
  assert.ok(Array.isArray(value), `a list was expected: ${JSON.stringify(value)}`);
  return value;
}

function field(value: unknown, name: string): unknown {
  assert.ok(typeof value === "object" && value !== null, `an object was expected: ${JSON.stringify(value)}`);
  return Reflect.get(value, name);
}
