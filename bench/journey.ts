import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandLine, commandLine, type PrintedEvent, transcript } from "../test/e2e/command-line.ts";
import { copyShop } from "../test/e2e/copy-shop.ts";
import { eventually } from "../test/e2e/eventually.ts";
import { freePort } from "../test/e2e/machine.ts";
import { visit } from "../test/e2e/visit.ts";
import { table } from "./table.ts";

/** The shop on local-aws: from nothing, again with nothing to do, after an edit, and back. */
export async function benchJourney(): Promise<readonly string[]> {
  const scratch = await mkdtemp(join(tmpdir(), "freehold-bench-"));
  const project = join(scratch, "shop");
  await copyShop(project);
  const cli = commandLine(project, {
    LOCAL_AWS_PORT: String(await freePort()),
    LOCAL_AWS_FOLDER: join(scratch, "local-aws"),
  });
  try {
    const first = await up(cli);
    const again = await up(cli);
    const edit = await editToServed(cli, project, first.origin);
    const rollback = await cli.events(["rollback", "--local", "--yes"]);
    return [
      ...phases("`up` from nothing", first.events, first.seconds),
      ...phases("`up` again, nothing to change", again.events, again.seconds),
      ...phases(
        `\`up\` after an edit of the API; served after ${seconds(edit.served)}`,
        edit.events,
        edit.seconds,
      ),
      ...phases("`rollback`", rollback.events, rollback.seconds),
    ];
  } finally {
    await cli.run(["local", "reset", "--yes"]);
    await rm(scratch, { recursive: true, force: true });
  }
}

async function up(cli: CommandLine) {
  const run = await cli.events(["up", "--local", "--yes"]);
  const origin = /http:\/\/[a-z0-9]+\.cloudfront\.localhost:\d+/.exec(run.stdout)?.[0];
  if (run.code !== 0 || origin === undefined) throw new BrokenRun(transcript(run));
  return { ...run, origin };
}

/** Seconds from calling `up` to the first answer of the new code, asked from outside. */
async function editToServed(cli: CommandLine, project: string, origin: string) {
  const source = join(project, "api/src/routes.js");
  await writeFile(
    source,
    (await readFile(source, "utf8")).replace("{ ok: true }", '{ ok: true, edition: "second" }'),
  );
  const started = performance.now();
  const served = eventually(
    600,
    () => visit(`${origin}/api/health`).then(({ text }) => text),
    (text) => text.includes("second"),
  ).then(() => (performance.now() - started) / 1000);
  return { ...(await up(cli)), served: await served };
}

/** Steps as the run told them; those of a step stand below it. They run side by side where nothing forbids it. */
function phases(title: string, events: readonly PrintedEvent[], total: number): readonly string[] {
  const started = new Map(
    events.filter(({ type }) => type === "step-started").map((event) => [event["id"], event]),
  );
  const rows = events.flatMap((event) => {
    if (event.type !== "step-finished") return [];
    const parent = started.get(event["id"])?.["parent"];
    const indent = parent === undefined ? "" : "– ";
    const name = String(started.get(event["id"])?.["title"] ?? event["id"]);
    return [[`${indent}${name}`, String(event["outcome"]), seconds(Number(event["seconds"]))]];
  });
  return [`${title}: ${seconds(total)}`, "", ...table(["step", "", "time"], rows)];
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}

class BrokenRun extends Error {
  override readonly name = "BrokenRun";
}
