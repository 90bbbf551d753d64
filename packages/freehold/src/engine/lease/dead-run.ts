import type { Emit } from "../events.ts";
import { demandGoOn } from "../interrupt.ts";
import type { Ports } from "../ports.ts";
import { step } from "../step.ts";
import { noteBrokenOff } from "./broken-off.ts";
import type { Leftover } from "./decision.ts";
import { isRunning } from "./processes.ts";
import type { LeaseRequest } from "./store.ts";
import { lockOf, removeLockOf } from "./terraform-lock.ts";

/** No apply of ours takes so long: the longest waits of the provider, one after the other. */
const longestApplyHours = 3;

/** How long a Terraform of another host is waited for. */
const patienceMinutes = 15;

/**
 * Waits until the Terraform of a dead run has ended, which writes what it did into the state. On this host its process tells;
 * of another host's there is but its lock.
 *
 * @returns why it cannot be waited for any longer; undefined once it has ended.
 * @throws UserError `interrupted` when the person interrupts the waiting.
 */
export async function endOfTerraform(
  request: LeaseRequest,
  left: Leftover,
  ports: Ports,
  emit: Emit,
): Promise<string | undefined> {
  if (!(await works(request, left, ports))) return undefined;
  const { host, terraform } = left;
  const named = { id: `wait/${request.subject}`, title: "Wait for the Terraform of a run that was killed" };
  return step(named, ports, emit, async (report) => {
    const began = ports.clock.now().getTime();
    while (await works(request, left, ports)) {
      demandGoOn(request);
      const minutes = (ports.clock.now().getTime() - began) / 60_000;
      if (host !== ports.runner.host && minutes > patienceMinutes) return whyNot(host, request);
      report.progress(`process ${terraform.pid} on ${host}, since ${terraform.since}`);
      await ports.clock.sleep(1_000);
    }
    return undefined;
  });
}

/** Clears what a dead run's Terraform left that has not ended in order. */
export async function clearAfter(request: LeaseRequest, left: Leftover, ports: Ports): Promise<void> {
  // How it ended on another host cannot be known here.
  if (left.host !== ports.runner.host) await noteBrokenOff(request, ports);
  await removeLockOf(left, request, ports);
}

async function works(request: LeaseRequest, left: Leftover, ports: Ports): Promise<boolean> {
  if (left.host === ports.runner.host) return isRunning(left.terraform, ports);
  const lock = await lockOf(left, request, ports);
  if (lock === undefined) return false;
  return ports.clock.now().getTime() - Date.parse(lock.Created) < longestApplyHours * 3_600_000;
}

function whyNot(host: string, { bucket, stateKey }: LeaseRequest): string {
  return `that run is dead, but its Terraform on ${host} holds s3://${bucket}/${stateKey}.tflock, which may be removed if ${host} is gone`;
}
