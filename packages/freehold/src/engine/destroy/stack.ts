import { type Change, holdsData } from "../../terraform/plan.ts";
import type { Emit } from "../events.ts";
import { demandGoOn, type Interruptible } from "../interrupt.ts";
import type { HeldLease } from "../lease/heartbeat.ts";
import type { Ports } from "../ports.ts";
import { declined } from "../provision/provision.ts";
import type { StackRoot } from "../provision/stacks.ts";
import type { StackState } from "../provision/state.ts";
import { applyStack, planStack } from "../provision/terraform-steps.ts";
import { finish } from "../provision/unfinished.ts";

/** Shows what holds data, and asks for the name. Errors: UserError with exit code 130 when it is not given. */
export async function agreeToLose(
  name: string,
  managed: readonly string[],
  ports: Ports,
  emit: Emit,
): Promise<void> {
  for (const subject of managed.filter((address) => holdsData.has(address.split(".")[0] ?? "")))
    emit({ type: "note", subject, message: "holds data, and will be removed" });
  const question = { kind: "data", text: `This removes ${name}. Type its name to go on:` } as const;
  if (!(await ports.questions.typed(question, name))) throw declined();
}

export interface StackToRemove extends Interruptible {
  /** Rendered without guards. */
  readonly root: StackRoot;
  readonly state: StackState<unknown>;
  readonly lease: HeldLease;
}

/** Opens what guards data, and takes over what a killed Terraform left; then destroys a stack. */
export async function removeStack(request: StackToRemove, ports: Ports, emit: Emit): Promise<void> {
  const { root, lease } = request;
  await finish(request, ports, emit);
  demandGoOn(request);
  await openGuards(request, ports, emit);
  demandGoOn(request);
  const taken = { ...root, stack: { ...root.stack, imports: [] } };
  const plan = await planStack({ root: taken, destroy: true }, ports, emit);
  emit({ type: "changes", stack: root.name, changes: plan.changes });
  demandGoOn(request);
  await applyStack({ root, plan, lease, kind: "removal" }, ports, emit);
}

/** Arguments that AWS, or the provider by its state, looks at when something is removed. */
const guards = [
  "deletion_protection",
  "deletion_protection_enabled",
  "enable_deletion_protection",
  "final_snapshot_identifier",
  "force_delete",
  "force_destroy",
  "skip_final_snapshot",
];

/** Nothing else is applied: a half-made environment is not completed in order to be removed. */
async function openGuards(request: StackToRemove, ports: Ports, emit: Emit): Promise<void> {
  const { root, lease } = request;
  const whole = await planStack({ root }, ports, emit);
  const opening = whole.changes
    .filter((change) => change.isImport || isOpening(change))
    .map((change) => change.address);
  if (opening.length === 0) return;
  const isAll = opening.length === whole.changes.length;
  const plan = isAll ? whole : await planStack({ root, targets: opening, isAgain: true }, ports, emit);
  demandGoOn(request);
  await applyStack({ root, plan, lease }, ports, emit);
}

function isOpening({ action, changed }: Change): boolean {
  return action === "update" && changed.some((name) => guards.includes(name));
}
