import type { CollectionOutputs } from "../aws/outputs.ts";
import { UserError } from "../errors.ts";
import { deregisterFamilies, familiesIn } from "./destroy/deregister.ts";
import { type Destroyed, keptOf } from "./destroy/kept.ts";
import { agreeToLose, removeStack } from "./destroy/stack.ts";
import type { Emit } from "./events.ts";
import type { HeldLease } from "./lease/heartbeat.ts";
import { withLease } from "./lease/lease.ts";
import type { Ports } from "./ports.ts";
import { expectedPriorityBlock, freePriorityBlock } from "./provision/priorities.ts";
import { environmentRoot, type StackRoot } from "./provision/stacks.ts";
import { forgetReleases } from "./release/store.ts";
import { step } from "./step.ts";
import { managedBy, readSurroundings, type Surroundings } from "./surroundings.ts";
import type { EnvironmentRequest } from "./target.ts";

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
  if (sharedOf(first) === undefined) return { kept: [] };
  return withLease(first.lease, ports, emit, async (lease) => {
    const around = await readSurroundings(request, ports);
    const shared = sharedOf(around);
    if (shared === undefined) return { kept: [] };
    return destroyOn(shared, around, lease, ports, emit);
  });
}

async function destroyOn(
  shared: CollectionOutputs,
  around: Surroundings,
  lease: HeldLease,
  ports: Ports,
  emit: Emit,
): Promise<Destroyed> {
  const { environment, own } = around;
  const priorityBlock = await expectedPriorityBlock(shared.artifact_bucket, environment.name, ports);
  const root = await environmentRoot(around, { shared, priorityBlock }, ports, { isDestroyed: true });
  if (own.kind !== "absent") {
    await agreeToLose(environment.name, managedBy(own), ports, emit);
    await removeStack({ root, state: own, lease }, ports, emit);
  }
  // Also where the stack is gone already: a run may have died in between.
  await step({ id: "outside", title: "Remove what releases left" }, ports, emit, () =>
    removeOutside(shared, around, root, ports),
  );
  return { kept: own.kind === "absent" ? [] : keptOf(root.stack, around.stateBucket) };
}

/** Errors: UserError `collection-incomplete`, for then it cannot be known what the environment stands on. */
function sharedOf({ shared, own, collection }: Surroundings): CollectionOutputs | undefined {
  if (shared.kind === "complete") return shared.outputs;
  if (shared.kind === "absent" && own.kind === "absent") return undefined;
  const message = "The collection is not wholly there, yet this environment stands on it.";
  const hint = "Run `freehold up` to complete it, then destroy.";
  throw new UserError({ code: "collection-incomplete", subject: collection.name, message, hint });
}

async function removeOutside(
  shared: CollectionOutputs,
  { environment, own }: Surroundings,
  root: StackRoot,
  ports: Ports,
): Promise<void> {
  const known = own.kind === "complete" ? familiesIn(own.outputs) : [];
  await deregisterFamilies([...familiesIn(root.stack.outputs), ...known], ports);
  await forgetReleases({ bucket: shared.artifact_bucket, environment: environment.name }, ports);
  await freePriorityBlock(shared.artifact_bucket, environment.name, ports);
}
