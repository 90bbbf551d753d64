import { holdsData } from "../../terraform/plan.ts";
import type { Emit } from "../events.ts";
import type { HeldLease } from "../lease/heartbeat.ts";
import type { Ports } from "../ports.ts";
import { step } from "../step.ts";
import { closeGroups } from "./adopt.ts";
import { untilSettled } from "./settled.ts";
import { type StackRoot, writeRoot } from "./stacks.ts";
import { contentsOf, type StackState } from "./state.ts";

/** What holds data and was being made when a run was interrupted. AWS goes on making it; Terraform alone would make it anew. */
export function unfinished(state: StackState<unknown>): readonly string[] {
  return contentsOf(state).tainted.filter((one) => holdsData.has(one.split(".")[0] ?? ""));
}

export interface StackToFinish {
  readonly root: StackRoot;
  readonly state: StackState<unknown>;
  readonly lease: HeldLease;
}

/** Waits until what an interrupted run began is there, and has Terraform take it as sound. */
export async function finish(request: StackToFinish, ports: Ports, emit: Emit): Promise<void> {
  const { root, state } = request;
  const tainted = unfinished(state);
  const begun = [...tainted, ...root.pending, ...root.openGroups.map((one) => one.address)];
  if (begun.length === 0) return;
  const named = { id: `finish/${root.name}`, title: "Finish what an interrupted run began" };
  await step(named, ports, emit, async (report) => {
    await untilSettled({ root, state }, begun, ports, report);
    if (tainted.length > 0) await untaint(request, tainted, ports);
    await closeGroups(root.openGroups, ports);
    report.end({ outcome: "done", detail: begun.join(", ") });
  });
}

async function untaint(
  { root, lease }: StackToFinish,
  addresses: readonly string[],
  ports: Ports,
): Promise<void> {
  const folder = await writeRoot(root, ports);
  await ports.terraform.init(folder);
  for (const one of addresses)
    await lease.withTerraform((onStart) => ports.terraform.untaint(folder, one, { onStart }));
}
