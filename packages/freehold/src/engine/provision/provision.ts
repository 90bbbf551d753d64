import type { CollectionOutputs, EnvironmentOutputs } from "../../aws/outputs.ts";
import { UserError } from "../../errors.ts";
import type { Change } from "../../terraform/plan.ts";
import type { Emit } from "../events.ts";
import { forgetBrokenOff, type GuardedState, noteBrokenOff } from "../lease/broken-off.ts";
import type { HeldLease } from "../lease/heartbeat.ts";
import { withLease } from "../lease/lease.ts";
import type { Ports } from "../ports.ts";
import type { CollectionSurroundings, Surroundings } from "../surroundings.ts";
import { restoreSecrets } from "./adopt.ts";
import { isAlreadyThere } from "./already-there.ts";
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
  const { shared, isSharedBrokenOff, collectionLease } = around;
  if (isEmpty(planned.plan) && shared.kind === "complete" && !isSharedBrokenOff) return shared.outputs;
  const { bucket, stateKey: key } = collectionLease;
  const read = () => readCollectionState({ bucket, key }, ports);
  await withLease(collectionLease, ports, emit, async (lease) => {
    const attempt = { root: await collectionRoot(around, ports), state: shared };
    const brokenOff = async () => {
      const state = await read();
      return {
        root: await collectionRoot({ ...around, shared: state, isSharedBrokenOff: true }, ports),
        state,
      };
    };
    await applyAgreed({ planned, attempt, brokenOff, lease, guarded: collectionLease }, ports, emit);
    if (isSharedBrokenOff) await forgetBrokenOff(collectionLease, ports);
  });
  return outputsOf(await read(), key);
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
  const ground = { shared, priorityBlock };
  const { bucket, stateKey: key } = around.lease;
  const read = () => readEnvironmentState({ bucket, key }, ports);
  const attempt = { root: await environmentRoot(around, ground, ports), state: around.own };
  const brokenOff = async () => {
    const own = await read();
    return {
      root: await environmentRoot({ ...around, own, isOwnBrokenOff: true }, ground, ports),
      state: own,
    };
  };
  await applyAgreed({ planned, attempt, brokenOff, lease, guarded: around.lease }, ports, emit);
  if (around.isOwnBrokenOff) await forgetBrokenOff(around.lease, ports);
  return outputsOf(await read(), key);
}

/** A root as it is to be applied now, and the state it was made for. */
interface Attempt {
  readonly root: StackRoot;
  readonly state: StackState<unknown>;
}

interface Agreed {
  readonly planned: PlannedStack;
  readonly attempt: Attempt;
  /** The same again, with all that exists taken over. */
  readonly brokenOff: () => Promise<Attempt>;
  readonly lease: HeldLease;
  readonly guarded: GuardedState;
}

/**
 * Applies what was agreed to. Where something turns out to be there already, which a run left that nobody has noted, all that
 * exists is looked for, and taken over by a second try.
 */
async function applyAgreed(agreed: Agreed, ports: Ports, emit: Emit): Promise<void> {
  const { guarded } = agreed;
  try {
    await applyOnce(agreed, ports, emit);
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
    await noteBrokenOff(guarded, ports);
    const again = await agreed.brokenOff();
    if (again.root.stack.imports.length === 0) throw error;
    await takeOver(agreed, again, ports, emit);
    await forgetBrokenOff(guarded, ports);
  }
}

async function takeOver(
  { planned, lease }: Agreed,
  { root, state }: Attempt,
  ports: Ports,
  emit: Emit,
): Promise<void> {
  await finish({ root, state, lease }, ports, emit);
  const plan = await planStack({ root, isAgain: "taking over" }, ports, emit);
  refuseLoss(plan);
  if (!isWithin(planned.plan.changes, plan.changes)) await agreeAnew(root.name, plan.changes, ports, emit);
  await applyStack({ root, plan, lease, kind: "taking over" }, ports, emit);
}

/**
 * Where the root has become another since it was agreed to, because it was only listed or what it stands on changed, it is
 * planned again, and the person is asked again unless its changes were agreed to.
 */
async function applyOnce(agreed: Agreed, ports: Ports, emit: Emit): Promise<void> {
  const { planned, lease } = agreed;
  const { root, state } = agreed.attempt;
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

/** What is left of the list; to take a thing over is what making it was agreed for. */
export function isWithin(agreed: readonly Change[], now: readonly Change[]): boolean {
  return now.every(({ address, action, isImport }) =>
    agreed.some(
      (one) => one.address === address && (one.action === action || (isImport && one.action === "create")),
    ),
  );
}

async function agreeAnew(
  stack: StackRoot["name"],
  changes: readonly Change[],
  ports: Ports,
  emit: Emit,
): Promise<void> {
  emit({ type: "changes", stack, changes });
  const text = `The ${stack}'s plan differs from the one listed before. Go on?`;
  if (!(await ports.questions.confirm({ kind: "infrastructure", text }))) throw declined();
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
