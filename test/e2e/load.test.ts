import assert from "node:assert/strict";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, type TestContext, test } from "node:test";
import { repository } from "../house/source-files.ts";
import { type CommandLine, commandLine, transcript } from "./command-line.ts";
import { eventually } from "./eventually.ts";
import { sendCannon } from "./load/cannon.ts";
import { type Clients, sendListeners, sendReaders, sendStrangers } from "./load/clients.ts";
import { editionsOf, isOver, latencies, renderSwitch, stepTimes, switchOf } from "./load/figures.ts";
import { createJournal, type Seen } from "./load/journal.ts";
import { freePort } from "./machine.ts";

/** A release of an edition, or a rollback to one. */
type Turn = { readonly verb: "up" | "rollback"; readonly to: string };

const turns: readonly Turn[] = [
  { verb: "up", to: "2" },
  { verb: "up", to: "3" },
  { verb: "rollback", to: "2" },
  { verb: "up", to: "4" },
  { verb: "up", to: "5" },
  { verb: "rollback", to: "4" },
  { verb: "up", to: "6" },
];

const kinds = ["pair", "single", "site page"];
const connections = 50;

describe("under load", { timeout: 28 * 60_000 }, () => {
  let scratch = "";
  let project = "";
  let cli: CommandLine;
  let clients: readonly Clients[] = [];
  let live = "1";
  const journal = createJournal();

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "freehold-load-"));
    project = join(scratch, "ferry");
    await cp(join(repository, "test/e2e/fixtures/ferry"), project, { recursive: true });
    cli = commandLine(project, {
      LOCAL_AWS_PORT: String(await freePort()),
      LOCAL_AWS_FOLDER: join(scratch, "local-aws"),
    });
    const up = await cli.run(["up", "--local", "--yes"]);
    assert.equal(up.code, 0, transcript(up));
    const origin = /http:\/\/[a-z0-9]+\.cloudfront\.localhost:\d+/.exec(up.stdout)?.[0] ?? "";
    assert.notEqual(origin, "", transcript(up));
    clients = [
      sendCannon(origin, connections, journal),
      sendStrangers(origin, connections, journal),
      sendListeners(origin, journal),
      sendReaders(origin, 5, journal),
    ];
  });

  after(async () => {
    await leave();
    await cli.run(["local", "reset", "--yes"]);
    await rm(scratch, { recursive: true, force: true });
  });

  for (const { verb, to } of turns) {
    test(`${verb} to edition ${to} loses no request`, async (t) => {
      if (verb === "up") await edit(to);
      const began = performance.now();
      const run = await cli.events([verb, "--local", "--yes"]);
      assert.equal(run.code, 0, transcript(run));
      t.diagnostic(`${run.seconds.toFixed(1)} s: ${stepTimes(run.events)}`);
      const from = live;
      live = to;
      await eventually(
        30,
        async () => kinds.filter((kind) => !isOver(journal.look(), kind, to)),
        (waiting) => waiting.length === 0,
      );
      judge(t, journal.take(), { from, to, began });
    });
  }

  test("each client has had its last answer", async () => {
    await leave();
    const { failures, sightings } = journal.take();
    assert.deepEqual(failures, []);
    assert.ok(sightings.length > 0);
  });

  async function edit(edition: string): Promise<void> {
    for (const part of ["app", "site"]) await writeFile(join(project, part, "edition.txt"), `${edition}\n`);
  }

  async function leave(): Promise<void> {
    const leaving = clients;
    clients = [];
    await Promise.all(leaving.map((one) => one.leave()));
  }
});

/** Nothing failed, both editions answered and no third, and what was under way at the switch ended well. */
function judge(t: TestContext, seen: Seen, turn: { from: string; to: string; began: number }): void {
  const { from, to, began } = turn;
  t.diagnostic(`quick: ${latencies(seen, /quick/)}; slow: ${latencies(seen, /slow/)}`);
  for (const kind of kinds)
    t.diagnostic(`${kind}: ${renderSwitch(switchOf(seen, { kind, from, to, began }))}`);
  for (const failure of seen.failures.slice(0, 20)) t.diagnostic(failure);
  assert.deepEqual(seen.failures, []);
  for (const kind of kinds) assert.deepEqual(editionsOf(seen, kind), [from, to].sort(), kind);
  for (const service of ["pair", "single"]) {
    const { underWay } = switchOf(seen, { kind: service, from, to, began });
    const streams = underWay.filter(({ what }) => what === `${service} stream`);
    assert.ok(streams.length > 0, `no stream of ${service} was under way at the switch`);
  }
}
