import type { CollectionOutputs, EnvironmentOutputs } from "../../aws/outputs.ts";
import { UserError } from "../../errors.ts";
import type { Change } from "../../terraform/plan.ts";
import type { Emit } from "../events.ts";
import type { HeldLease } from "../lease/heartbeat.ts";
import { withLease } from "../lease/lease.ts";
import type { Ports } from "../ports.ts";
import type { CollectionSurroundings, Surroundings } from "../surroundings.ts";
import { restoreSecrets } from "./adopt.ts";
import { claimPriorityBlock } from "./priorities.ts";
import { collectionRoot, environmentRoot, isSameRoot, type PlannedStack, type StackRoot } from "./stacks.ts";
import { readCollectionState, readEnvironmentState, type StackState } from "./state.ts";
import { applyStack, isEmpty, planStack, refuseLoss } from "./terraform-steps.ts";
import { finish } from "./unfinished.ts";

/** Applies the collection's plan, under the collection's own lease; answers its outputs. */
export async function provisionCollection(
  around: CollectionSurroundings,
  planned: PlannedStack,
  ports: Ports,
  emit: Emit,
): Promise<CollectionOutputs> {
  if (isEmpty(planned.plan) && around.shared.kind === "complete") return around.shared.outputs;
  const { collectionLease } = around;
  await withLease(collectionLease, ports, emit, async (lease) =>
    applyAgreed(
      { planned, root: await collectionRoot(around, ports), state: around.shared, lease },
      ports,
      emit,
    ),
  );
  const { bucket, stateKey: key } = collectionLease;
  return outputsOf(await readCollectionState({ bucket, key }, ports), key);
}

/** Applies the environment's plan; answers its outputs. The caller holds the environment's lease. */
export async function provisionEnvironment(
  around: Surroundings,
  planned: PlannedStack,
  shared: CollectionOutputs,
  lease: HeldLease,
  ports: Ports,
  emit: Emit,
): Promise<EnvironmentOutputs> {
  await restoreSecrets(planned.waiting, ports);
  const priorityBlock = await claimPriorityBlock(shared.artifact_bucket, around.environment.name, ports);
  const root = await environmentRoot(around, { shared, priorityBlock }, ports);
  await applyAgreed({ planned, root, state: around.own, lease }, ports, emit);
  const { bucket, stateKey: key } = around.lease;
  return outputsOf(await readEnvironmentState({ bucket, key }, ports), key);
}

interface Agreed {
  readonly planned: PlannedStack;
  /** The root as it is to be applied now. */
  readonly root: StackRoot;
  readonly state: StackState<unknown>;
  readonly lease: HeldLease;
}

/**
 * Applies exactly what was agreed to. Where the root has become another since, because it was only listed or what it stands on
 * changed, it is planned again, and the person is asked again unless the list is the same.
 */
async function applyAgreed(agreed: Agreed, ports: Ports, emit: Emit): Promise<void> {
  const { planned, root, state, lease } = agreed;
  await finish({ root, state, lease }, ports, emit);
  if (planned.root !== undefined && isSameRoot(planned.root, root))
    return applyStack({ root, plan: planned.plan, lease }, ports, emit);
  const again = planned.root === undefined ? {} : { isAgain: true as const };
  const plan = await planStack({ root, ...again }, ports, emit);
  refuseLoss(plan);
  if (!isSameList(planned.plan.changes, plan.changes)) await agreeAnew(root.name, plan.changes, ports, emit);
  await applyStack({ root, plan, lease }, ports, emit);
}

/** Equal addresses and actions; what is taken into the state counts as that, even if it is adjusted by the way. */
export function isSameList(agreed: readonly Change[], now: readonly Change[]): boolean {
  const text = (changes: readonly Change[]) =>
    JSON.stringify(
      changes.map(({ address, action, isImport }) => [address, isImport ? "import" : action]).sort(),
    );
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
    message: "Terraform has applied the stack, but its state does not hold the outputs.",
    hint: "Run `freehold up` again; if it stays so, this is our bug.",
  });
}
