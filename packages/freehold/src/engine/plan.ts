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
  const hasChanges = [...both.collection.changes, ...both.environment.changes].length > 0;
  return { hasChanges, collection: both.collection.changes, environment: both.environment.changes };
}

/** The plans of both stacks, as far as they can be made now. */
export interface PlannedStacks {
  readonly collection: Plan;
  readonly collectionRoot: StackRoot;
  readonly environment: Plan;
  /** Undefined while the collection is not complete: the environment is then listed from its blocks. */
  readonly environmentRoot?: StackRoot;
}

export async function planBoth(around: Surroundings, ports: Ports, emit: Emit): Promise<PlannedStacks> {
  const { application, collection } = around;
  const root = collectionRoot(application, collection, await collectionFacts(around, true, ports), ports);
  const shared = await planStack(root, ports, emit);
  emit({ type: "changes", stack: "collection", changes: shared.changes });
  const own = await planEnvironment(around, ports, emit);
  emit({ type: "changes", stack: "environment", changes: own.environment.changes });
  return { collection: shared, collectionRoot: root, ...own };
}

async function planEnvironment(
  around: Surroundings,
  ports: Ports,
  emit: Emit,
): Promise<Pick<PlannedStacks, "environment" | "environmentRoot">> {
  if (around.shared.kind !== "complete") return { environment: listed(around, ports) };
  const root = await environmentRootOf(around, around.shared.outputs, ports);
  return { environment: await planStack(root, ports, emit), environmentRoot: root };
}

function listed(around: Surroundings, ports: Ports): Plan {
  const { application, collection, environment } = around;
  const outputs = plannedCollectionOutputs(application, collection);
  const root = environmentRoot(
    application,
    collection,
    environment,
    environmentFacts(around, outputs, 1, true),
    ports,
  );
  return { changes: creationOf(root.stack.blocks), outputsChange: true };
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
