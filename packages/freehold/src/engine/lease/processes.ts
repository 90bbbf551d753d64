import type { Ports } from "../ports.ts";
import type { ProcessIdentity } from "./decision.ts";

/** Who a process of this machine is. */
export async function identify(pid: number, ports: Ports): Promise<ProcessIdentity> {
  const started = await ports.processes.startOf(pid);
  return started === undefined ? { pid } : { pid, started };
}

/** Whether a process of this machine runs: that one, not another that was given its number since. */
export async function isRunning({ pid, started }: ProcessIdentity, ports: Ports): Promise<boolean> {
  const found = await ports.processes.startOf(pid);
  return found !== undefined && (started === undefined || started === found);
}
