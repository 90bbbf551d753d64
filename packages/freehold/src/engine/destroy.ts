import { deregisterFamilies } from "./deregister.ts";
import type { Emit } from "./events.ts";
import { type HeldLease, withLease } from "./lease.ts";
import { environmentRootOf } from "./plan.ts";
import type { Ports } from "./ports.ts";
import { freePriorityBlock } from "./priorities.ts";
import { declined } from "./provision.ts";
import { forgetReleases } from "./release-store.ts";
import type { EnvironmentRequest } from "./release-target.ts";
import type { StackRoot } from "./stacks.ts";
import { step } from "./step.ts";
import { readSurroundings, type Surroundings } from "./surroundings.ts";
import { applyStack, planStack } from "./terraform-steps.ts";

export interface Destroyed {
  /** What stays on purpose, each with its reason. */
  readonly kept: readonly string[];
}

/**
 * Removes an environment: asks for its name, opens what guards its data, destroys the stack, then removes what lies outside it
 * (task definitions, release records, the block of priorities). Can be run again after a failure.
 */
export async function destroyEnvironment(
  request: EnvironmentRequest,
  ports: Ports,
  emit: Emit,
): Promise<Destroyed> {
  await ports.terraform.version();
  const first = await readSurroundings(request, ports);
  return withLease(first.lease, ports, async (lease) => {
    const around = await readSurroundings(request, ports);
    const { environment, shared } = around;
    if (shared.kind !== "complete" || around.own.kind === "absent") return { kept: [] };
    await agreeToLose(around, ports, emit);
    const root = await environmentRootOf(around, shared.outputs, ports, false);
    await destroyStack(root, lease, ports, emit);
    await step({ id: "outside", title: "Remove what releases left" }, ports, emit, async () => {
      if (around.own.kind === "complete") await deregisterFamilies(around.own.outputs, ports);
      await forgetReleases({ bucket: shared.outputs.artifact_bucket, environment: environment.name }, ports);
      await freePriorityBlock(shared.outputs.artifact_bucket, environment.name, ports);
    });
    return { kept: keptBy(around) };
  });
}

/** Guards are part of what AWS holds (deletion protection, final snapshots), so they are opened by an apply of its own. */
export async function destroyStack(
  root: StackRoot,
  lease: HeldLease,
  ports: Ports,
  emit: Emit,
): Promise<void> {
  await applyStack(root, await planStack(root, ports, emit), lease, ports, emit);
  await applyStack(root, await planStack(root, ports, emit, { destroy: true }), lease, ports, emit);
}

async function agreeToLose(around: Surroundings, ports: Ports, emit: Emit): Promise<void> {
  const { environment } = around;
  for (const resource of environment.resources) {
    emit({
      type: "note",
      subject: resource.name,
      message: `this ${resource.type} and what it holds will be removed`,
    });
  }
  const question = `This removes ${environment.name}. Type its name to go on:`;
  if (!(await ports.questions.typed(question, environment.name))) throw declined();
}

function keptBy(around: Surroundings): readonly string[] {
  const { environment, stateBucket } = around;
  const state = `the state bucket ${stateBucket}, with earlier versions of the state`;
  if (environment.kind === "preview") return [state];
  const snapshots = environment.resources
    .filter((resource) => resource.type === "database")
    .map((resource) => `the final snapshot of ${resource.name}`);
  return [state, ...snapshots, "the environment's secrets, deletable for 7 days (`up` brings them back)"];
}
