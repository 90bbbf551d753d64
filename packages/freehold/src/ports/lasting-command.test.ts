import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { UserError } from "../errors.ts";
import { createEnvironments } from "./environment.ts";
import { type LastingCommand, runLasting } from "./lasting-command.ts";
import { createProcesses } from "./processes.ts";
import { assertInterruptIsPassedOn } from "./testing/interrupted.ts";

let folder = "";

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "freehold-lasting-"));
});

after(() => rm(folder, { recursive: true, force: true }));

const { startOf } = createProcesses({});

function command(script: string, lines: string[] = []): LastingCommand {
  return {
    program: process.execPath,
    args: ["-e", script],
    folder,
    environment: createEnvironments(process.env).plain,
    subject: "the script",
    log: join(folder, "script.log"),
    onLine: (line) => lines.push(line),
  };
}

test("tells both outputs line by line, the last without its end, and keeps them in the file", async () => {
  const lines: string[] = [];
  await runLasting(
    command("console.log('one'); console.error('zwei ü'); process.stdout.write('three')", lines),
  );
  assert.deepEqual(lines, ["one", "zwei ü", "three"]);
  assert.equal(await readFile(join(folder, "script.log"), "utf8"), "one\nzwei ü\nthree");
});

test("it has the variables that it is given, and no other", async () => {
  const lines: string[] = [];
  const script = "console.log(Object.keys(process.env).filter((name) => !shells.includes(name)).join())";
  const shells = "const shells = ['PWD', 'OLDPWD', 'SHLVL', '_'];";
  await runLasting({ ...command(`${shells} ${script}`, lines), environment: { ADDED: "!" } });
  assert.deepEqual(lines, ["ADDED"]);
});

test("a failure tells its exit code and its last lines", async () => {
  await assert.rejects(runLasting(command("console.log('why'); process.exit(3)")), (error) => {
    assert.ok(error instanceof UserError);
    const [problem] = error.problems;
    assert.deepEqual(
      [problem?.subject, problem?.message, problem?.output],
      ["the script", "It ended with exit code 3.", ["why"]],
    );
    return true;
  });
});

test("it has not begun while it is written down, and never begins when it cannot be", async () => {
  const lines: string[] = [];
  const onStart = async (pid: number) => {
    assert.notEqual(await startOf(pid), undefined);
    throw new UserError({ code: "lease-lost", subject: "", message: "Another run has it." });
  };
  await assert.rejects(
    runLasting({ ...command("console.log('begun')", lines), onStart }),
    /Another run has it/,
  );
  assert.deepEqual(lines, []);
});

test("it has a process group of its own, which no Ctrl-C and no closed terminal reaches", async () => {
  let group = "";
  const onStart = async (pid: number) => {
    const { stdout } = await promisify(execFile)("ps", ["-o", "pgid=", "-p", String(pid)]);
    group = stdout.trim();
    assert.equal(group, String(pid));
  };
  await runLasting({ ...command(""), onStart });
  assert.notEqual(group, "");
});

test("an interrupt is passed on once, and waited for", () =>
  assertInterruptIsPassedOn((script, interruptible) => runLasting({ ...command(script), ...interruptible })));

/** Runs `runLasting` in a process of its own, which is killed at a line that its `onStart` or the program writes. */
async function killed(script: string, onStart: string): Promise<number> {
  const module = new URL("./lasting-command.ts", import.meta.url).href;
  const program = `
    const { runLasting } = await import(${JSON.stringify(module)});
    await runLasting({
      ...${JSON.stringify(command(script))},
      onLine: (line) => console.log(line),
      onStart: async (pid) => { console.log(pid); ${onStart} },
    });`;
  const engine = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  let pid = 0;
  for await (const chunk of engine.stdout) {
    said += String(chunk);
    pid = Number.parseInt(said, 10);
    if (said.includes("kill me")) engine.kill("SIGKILL");
  }
  if (engine.signalCode === null) await once(engine, "exit");
  assert.equal(engine.signalCode, "SIGKILL");
  while ((await startOf(pid)) !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
  return pid;
}

test("killed with the program under way: it goes on to its end", async () => {
  const script = "console.log('kill me'); setTimeout(() => console.log('the end'), 500)";
  await killed(script, "");
  assert.equal(await readFile(join(folder, "script.log"), "utf8"), "kill me\nthe end\n");
});

test("killed while the program is written down: it never begins", async () => {
  await killed(
    "console.log('begun')",
    "console.log('kill me'); setInterval(() => {}, 1000); await new Promise(() => {})",
  );
  assert.equal(await readFile(join(folder, "script.log"), "utf8"), "");
});
