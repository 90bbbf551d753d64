import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { CommandLine, PrintedEvent, Run } from "./command-line.ts";

export interface Killing {
  /** True once the moment has come. */
  readonly has: (event: PrintedEvent) => boolean;
  /** Milliseconds from then on. */
  readonly delay: number;
  /** The `XDG_STATE_HOME` of the run, whose Terraform dies as well; left out, it lives on. */
  readonly terraformOf?: string;
}

/** Runs `up` and ends it with `kill -9` at a moment; undefined when it had ended before that. */
export async function killUp(cli: CommandLine, killing: Killing): Promise<Run | undefined> {
  let come: () => void = () => {};
  const moment = new Promise<void>((resolve) => {
    come = resolve;
  });
  const up = cli.start(["up", "--local", "--yes"], (event) => {
    if (killing.has(event)) come();
  });
  const isTooLate = await Promise.race([moment.then(() => false), up.ended.then(() => true)]);
  if (isTooLate) return up.ended;
  await sleep(killing.delay);
  process.kill(up.pid, "SIGKILL");
  if (killing.terraformOf !== undefined) await killTerraform(killing.terraformOf);
  const ended = await up.ended;
  return ended.code === 0 ? ended : undefined;
}

/** Ends every Terraform that works below a folder, by its process id. */
async function killTerraform(folder: string): Promise<void> {
  const { stdout } = await promisify(execFile)("ps", ["-axww", "-o", "pid=", "-o", "args="]);
  for (const line of stdout.split("\n")) {
    const [pid = "", program = ""] = line.trim().split(/\s+/);
    if (/(^|\/)(terraform|tofu)$/.test(program) && line.includes(`-chdir=${folder}/`))
      process.kill(Number(pid), "SIGKILL");
  }
}
