import type { Application } from "../app/application.ts";
import { containerServices } from "../app/find.ts";
import { plannedCollectionOutputs } from "../aws/collection-outputs.ts";
import { type Change, creationOf, type Plan } from "../terraform/plan.ts";
import { allDone } from "./all-done.ts";
import { tellHostCommands } from "./build/host-commands.ts";
import { demandInputs } from "./build/inputs.ts";
import type { Emit } from "./events.ts";
import type { Ports } from "./ports.ts";
import { noteLeftovers } from "./provision/leftovers.ts";
import { expectedPriorityBlock } from "./provision/priorities.ts";
import {
  collectionRoot,
  environmentRoot,
  type PlannedStack,
  placesOf,
  type StackRoot,
} from "./provision/stacks.ts";
import { contentsOf, type StackState } from "./provision/state.ts";
import { isEmpty, planStack, refuseLoss } from "./provision/terraform-steps.ts";
import { unfinished } from "./provision/unfinished.ts";
import { type ForeseenService, foreseenServices } from "./release/foreseen.ts";
import { demandExisting } from "./secrets/existing.ts";
import { demandReadable } from "./secrets/readable.ts";
import { outputsOf, readSurroundings, type Surroundings } from "./surroundings.ts";
import type { EnvironmentRequest } from "./target.ts";

export interface PlanResult {
  readonly hasChanges: boolean;
  readonly collection: readonly Change[];
  readonly environment: readonly Change[];
  /** Whose tasks a release would replace, as far as that shows before anything is built. */
  readonly release: readonly ForeseenService[];
}

/** What `up` would change in the account. Changes nothing. Errors: UserError `would-lose-data`, `missing-build-input`. */
export async function plan(request: EnvironmentRequest, ports: Ports, emit: Emit): Promise<PlanResult> {
  const around = await readSurroundings(request, ports);
  await noteLeftovers(placesOf(around), ports, emit);
  tellLater(request.application, emit);
  tellHostCommands(around.environment, emit);
  await demandInputs(around.environment, ports.files);
  await demandReadable(around, outputsOf(around), ports);
  await demandExisting(around.environment, ports);
  const both = await planBoth(around, ports, emit);
  const collection = both.collection.plan.changes;
  const environment = both.environment.plan.changes;
  const hasChanges = !isEmpty(both.collection.plan) || !isEmpty(both.environment.plan);
  return { hasChanges, collection, environment, release: both.release };
}

/** What the file asks for and no plan will hold. */
function tellLater({ notes }: Application, emit: Emit): void {
  for (const { subject, message } of notes.filter((one) => one.isLater === true))
    emit({ type: "note", subject, message });
}

export interface PlannedStacks {
  readonly collection: PlannedStack;
  readonly environment: PlannedStack;
  readonly release: readonly ForeseenService[];
}

/** Errors: UserError `would-lose-data` when a plan replaces or removes what holds data. */
export async function planBoth(around: Surroundings, ports: Ports, emit: Emit): Promise<PlannedStacks> {
  const [collection, environment] = await allDone([
    planCollection(around, ports, emit),
    planEnvironment(around, ports, emit),
  ]);
  emit({ type: "changes", stack: "collection", changes: collection.plan.changes });
  emit({ type: "changes", stack: "environment", changes: environment.plan.changes });
  const names = containerServices(around.environment).map(({ name }) => name);
  const release = foreseenServices(environment.plan.outputs, names);
  if (release.length > 0) emit({ type: "foreseen", services: release });
  refuseLoss(collection.plan, environment.plan);
  return { collection, environment, release };
}

async function planCollection(around: Surroundings, ports: Ports, emit: Emit): Promise<PlannedStack> {
  const root = await collectionRoot(around, ports);
  const isListed = around.shared.kind === "absent" || isToFinish(root, around.shared);
  return isListed ? listed(root, around.shared) : planned(root, ports, emit);
}

async function planEnvironment(around: Surroundings, ports: Ports, emit: Emit): Promise<PlannedStack> {
  const { application, collection, environment, shared, own } = around;
  if (shared.kind !== "complete") {
    const ground = { shared: plannedCollectionOutputs(application, collection), priorityBlock: 1 };
    return listed(await environmentRoot(around, ground, ports), own);
  }
  const priorityBlock = await expectedPriorityBlock(shared.outputs.artifact_bucket, environment.name, ports);
  const root = await environmentRoot(around, { shared: shared.outputs, priorityBlock }, ports);
  return isToFinish(root, own) ? listed(root, own) : planned(root, ports, emit);
}

/** What AWS is still making cannot be compared with what it should be. */
function isToFinish({ pending }: StackRoot, state: StackState<unknown>): boolean {
  return pending.length > 0 || unfinished(state).length > 0;
}

async function planned(root: StackRoot, ports: Ports, emit: Emit): Promise<PlannedStack> {
  const plan = await planStack({ root }, ports, emit);
  return { plan: withTakenOver(plan, root), root, waiting: root.waiting };
}

function listed(root: StackRoot, state: StackState<unknown>): PlannedStack {
  const { managed, tainted } = contentsOf(state);
  const broken = tainted.filter((one) => !unfinished(state).includes(one));
  const changes = creationOf(root.stack.blocks).flatMap((change) => {
    if (broken.includes(change.address)) return [{ ...change, action: "replace" as const }];
    return managed.includes(change.address) ? [] : [change];
  });
  return { plan: withTakenOver({ changes, outputsChange: true, outputs: [] }, root), waiting: root.waiting };
}

/** What is there already is not made, even where Terraform cannot know it yet. */
function withTakenOver(plan: Plan, { stack, waiting }: StackRoot): Plan {
  const there = new Set([...stack.imports.map((one) => one.to), ...waiting.map((one) => one.address)]);
  const changes = plan.changes.map((change) =>
    change.action === "create" && there.has(change.address)
      ? { ...change, action: "import" as const, isImport: true }
      : change,
  );
  return { ...plan, changes };
}
