import type { CollectionOutputs, EnvironmentOutputs } from "../aws/outputs.ts";
import { UserError } from "../errors.ts";
import type { Change } from "../terraform/plan.ts";
import type { Emit } from "./events.ts";
import type { HeldLease } from "./lease.ts";
import { collectionRootOf, environmentRootOf, type PlannedStack } from "./plan.ts";
import type { Ports } from "./ports.ts";
import type { StackRoot } from "./stacks.ts";
import { collectionStateKey, environmentStateKey, readStack, type StackState } from "./state.ts";
import type { Surroundings } from "./surroundings.ts";
import { applyStack, planStack, refuseLoss } from "./terraform-steps.ts";

/** Applies the collection's plan; answers its outputs. */
export async function provisionCollection(
  around: Surroundings,
  planned: PlannedStack,
  lease: HeldLease,
  ports: Ports,
  emit: Emit,
): Promise<CollectionOutputs> {
  await applyAgreed(planned, () => collectionRootOf(around, ports), lease, ports, emit);
  const key = collectionStateKey(around.application.name, around.collection.name);
  return outputsOf(await readStack<CollectionOutputs>(around.stateBucket, key, "vpc_id", ports), key);
}

/** Applies the environment's plan; answers its outputs. */
export async function provisionEnvironment(
  around: Surroundings,
  planned: PlannedStack,
  shared: CollectionOutputs,
  lease: HeldLease,
  ports: Ports,
  emit: Emit,
): Promise<EnvironmentOutputs> {
  await applyAgreed(planned, () => environmentRootOf(around, shared, ports), lease, ports, emit);
  const { application, collection, environment } = around;
  const key = environmentStateKey(application.name, collection.name, environment.name);
  return outputsOf(await readStack<EnvironmentOutputs>(around.stateBucket, key, "services", ports), key);
}

/** A plan that could only be listed before is made now, and applied unasked only when it is the very list that was agreed to. */
async function applyAgreed(
  agreed: PlannedStack,
  rootNow: () => Promise<StackRoot>,
  lease: HeldLease,
  ports: Ports,
  emit: Emit,
): Promise<void> {
  const root = agreed.root ?? (await rootNow());
  const plan = agreed.root === undefined ? await planStack(root, ports, emit) : agreed.plan;
  refuseLoss(plan);
  if (!isSameList(agreed.plan.changes, plan.changes)) await agreeAnew(root.name, plan.changes, ports, emit);
  await applyStack(root, plan, lease, ports, emit);
}

/** Equal addresses and actions. */
export function isSameList(agreed: readonly Change[], now: readonly Change[]): boolean {
  const text = (changes: readonly Change[]) =>
    JSON.stringify(changes.map(({ address, action }) => [address, action]).sort());
  return text(agreed) === text(now);
}

async function agreeAnew(
  stack: StackRoot["name"],
  changes: readonly Change[],
  ports: Ports,
  emit: Emit,
): Promise<void> {
  emit({ type: "changes", stack, changes });
  if (!(await ports.questions.confirm(`The ${stack}'s plan is another than the one listed before. Go on?`)))
    throw declined();
}

export function declined(): UserError {
  const message = "You said no; nothing further was changed.";
  return new UserError({ code: "declined", subject: "", message }, { exitCode: 130 });
}

function outputsOf<Outputs>(state: StackState<Outputs>, key: string): Outputs {
  if (state.kind === "complete") return state.outputs;
  throw new UserError({
    code: "no-outputs",
    subject: key,
    message: "Terraform has applied the stack, but its state holds no outputs.",
    hint: "Run `freehold up` again; if it stays so, this is our bug.",
  });
}
