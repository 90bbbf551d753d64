import { plannedCollectionOutputs } from "../aws/collection-outputs.ts";
import { type Change, creationOf, type Plan } from "../terraform/plan.ts";
import type { Emit } from "./events.ts";
import type { Ports } from "./ports.ts";
import { priorityBlock } from "./priorities.ts";
import type { EnvironmentRequest } from "./release-target.ts";
import { collectionRoot, environmentRoot, type StackRoot } from "./stacks.ts";
import { collectionFacts, environmentFacts, readSurroundings, type Surroundings } from "./surroundings.ts";
import { planStack } from "./terraform-steps.ts";

export interface PlanResult {
  readonly hasChanges: boolean;
  readonly collection: readonly Change[];
  readonly environment: readonly Change[];
}

/** What `up` would change in the account. Changes nothing. */
export async function plan(request: EnvironmentRequest, ports: Ports, emit: Emit): Promise<PlanResult> {
  const around = await readSurroundings(request, ports);
  const both = await planBoth(around, ports, emit);
  const collection = both.collection.plan.changes;
  const environment = both.environment.plan.changes;
  return { hasChanges: collection.length + environment.length > 0, collection, environment };
}

/** A stack as far as it can be planned now: one that stands on what is not there yet is listed from its blocks. */
export interface PlannedStack {
  readonly plan: Plan;
  /** Undefined when the plan is such a list: Terraform has to plan it once it can. */
  readonly root?: StackRoot;
}

export interface PlannedStacks {
  readonly collection: PlannedStack;
  readonly environment: PlannedStack;
}

export async function planBoth(around: Surroundings, ports: Ports, emit: Emit): Promise<PlannedStacks> {
  const collection = await planCollection(around, ports, emit);
  emit({ type: "changes", stack: "collection", changes: collection.plan.changes });
  const environment = await planEnvironment(around, ports, emit);
  emit({ type: "changes", stack: "environment", changes: environment.plan.changes });
  return { collection, environment };
}

async function planCollection(around: Surroundings, ports: Ports, emit: Emit): Promise<PlannedStack> {
  const root = await collectionRootOf(around, ports);
  if (around.shared.kind === "absent") return { plan: listed(root) };
  return { plan: await planStack(root, ports, emit), root };
}

/** The collection's root, its guards closed. */
export async function collectionRootOf(around: Surroundings, ports: Ports): Promise<StackRoot> {
  const { application, collection } = around;
  return collectionRoot(application, collection, await collectionFacts(around, true, ports), ports);
}

function listed(root: StackRoot): Plan {
  return { changes: creationOf(root.stack.blocks), outputsChange: true };
}

async function planEnvironment(around: Surroundings, ports: Ports, emit: Emit): Promise<PlannedStack> {
  if (around.shared.kind !== "complete") return { plan: listed(rootWithoutCollection(around, ports)) };
  const root = await environmentRootOf(around, around.shared.outputs, ports);
  return { plan: await planStack(root, ports, emit), root };
}

function rootWithoutCollection(around: Surroundings, ports: Ports): StackRoot {
  const { application, collection, environment } = around;
  const outputs = plannedCollectionOutputs(application, collection);
  return environmentRoot(
    application,
    collection,
    environment,
    environmentFacts(around, outputs, 1, true),
    ports,
  );
}

/** The environment's root on a collection that is there. */
export async function environmentRootOf(
  around: Surroundings,
  shared: Parameters<typeof environmentFacts>[1],
  ports: Ports,
  protectData = true,
): Promise<StackRoot> {
  const { application, collection, environment } = around;
  const block = await priorityBlock(shared.artifact_bucket, environment.name, ports);
  return environmentRoot(
    application,
    collection,
    environment,
    environmentFacts(around, shared, block, protectData),
    ports,
  );
}
