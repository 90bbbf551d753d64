import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type CommandLine, commandLine, transcript } from "../e2e/command-line.ts";
import { freePort } from "../e2e/machine.ts";
import { visit } from "../e2e/visit.ts";
import { repository } from "../house/source-files.ts";

const seed = Number(process.env["FAULTS_SEED"] ?? Math.floor(Math.random() * 1_000_000));

/** A tenth of all calls fails, in the three ways that AWS and networks have; `up` reaches its right end all the same. */
describe(`with 10 % of calls failing (FAULTS_SEED=${seed})`, { timeout: 40 * 60_000 }, () => {
  let scratch = "";
  let port = "";
  let cli: CommandLine;

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "freehold-faults-"));
    const project = join(scratch, "ferry");
    await cp(join(repository, "test/e2e/fixtures/ferry"), project, { recursive: true });
    port = String(await freePort());
    cli = commandLine(project, {
      LOCAL_AWS_PORT: port,
      LOCAL_AWS_FOLDER: join(scratch, "local-aws"),
      XDG_STATE_HOME: join(scratch, "state"),
    });
  });

  after(async () => {
    await cli.run(["local", "reset", "--yes"]);
    await rm(scratch, { recursive: true, force: true });
  });

  for (let round = 1; round <= 5; round += 1) {
    test(`up from nothing, ${round} of 5`, async (context) => {
      await cli.run(["local", "reset", "--yes"]);
      await rm(join(scratch, "state"), { recursive: true, force: true });
      const start = await cli.run(["local", "start"]);
      assert.equal(start.code, 0, transcript(start));
      const faults = await faultsOf(port, join(scratch, "local-aws"));
      await order(faults, seed + round);
      const up = await cli.run(["up", "--local", "--yes"]);
      const { calls, faults: struck } = await clear(faults);
      context.diagnostic(`${struck} of ${calls} calls failed; up took ${up.seconds.toFixed(0)} s`);
      assert.equal(up.code, 0, transcript(up));
      assert.ok(struck > calls / 20, "too few calls failed for this to prove anything");
      const origin = /http:\/\/[a-z0-9]+\.cloudfront\.localhost:\d+/.exec(up.stdout)?.[0] ?? "";
      assert.equal((await visit(`${origin}/`)).status, 200);
      const plan = await cli.run(["plan", "--local", "--exit-code"]);
      assert.equal(plan.code, 0, transcript(plan));
    });
  }
});

/** Where faults are ordered, and the token that it takes. */
interface Faults {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Of a local-aws that has been started. */
async function faultsOf(port: string, folder: string): Promise<Faults> {
  const token = (await readFile(join(folder, "token"), "utf8")).trim();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return { endpoint: `http://127.0.0.1:${port}/_local/faults`, headers };
}

async function order({ endpoint, headers }: Faults, one: number): Promise<void> {
  const rules = [
    { kind: "throttle", share: 0.04 },
    { kind: "fail", share: 0.03 },
    { kind: "drop", share: 0.03 },
  ];
  const answer = await fetch(endpoint, {
    method: "POST",
    headers,
    body: JSON.stringify({ seed: one, rules }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

/** What was struck, before no more is. */
async function clear({
  endpoint,
  headers,
}: Faults): Promise<{ readonly calls: number; readonly faults: number }> {
  const status = await fetch(endpoint, { headers });
  await fetch(endpoint, { method: "DELETE", headers });
  return (await status.json()) as { calls: number; faults: number };
}
