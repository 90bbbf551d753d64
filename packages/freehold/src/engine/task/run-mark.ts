import { valueDigest } from "../input-digest.ts";
import type { Ports } from "../ports.ts";

/** What a task of `freehold run` bears as `startedBy`: who runs it, and by which process of which host. */
export async function runMark({ runner, processes }: Ports): Promise<string> {
  const { user, host, pid } = runner;
  return [prefix, letters(user), letters(host), pid, await beginning(pid, processes)].join("/");
}

/** Whether such a task was started by a process of this host that is no more. */
export async function isOfDeadRun(startedBy: string, { runner, processes }: Ports): Promise<boolean> {
  const [host, pid, began] = startedBy.split("/").slice(-3);
  if (!startedBy.startsWith(`${prefix}/`) || host !== letters(runner.host)) return false;
  return began !== (await beginning(Number(pid), processes));
}

const prefix = "freehold/run";

/** ECS takes 128 letters, digits, hyphens, slashes and underscores. */
function letters(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]/g, "_").slice(0, 40);
}

async function beginning(pid: number, processes: Ports["processes"]): Promise<string> {
  const started = await processes.startOf(pid);
  return started === undefined ? "" : valueDigest(started).slice(0, 8);
}
