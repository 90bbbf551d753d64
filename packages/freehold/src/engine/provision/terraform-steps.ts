import { UserError } from "../../errors.ts";
import { type Change, type Plan, readPlan } from "../../terraform/plan.ts";
import type { Emit } from "../events.ts";
import type { HeldLease } from "../lease/heartbeat.ts";
import type { OnLine, Ports } from "../ports.ts";
import { type StepReport, type StepRequest, step } from "../step.ts";
import { type StackRoot, writeRoot } from "./stacks.ts";

export interface StackToPlan {
  readonly root: StackRoot;
  /** Plans the removal of everything. */
  readonly destroy?: true;
  /** Plans only these addresses, and what they stand on. */
  readonly targets?: readonly string[];
  /** The stack was planned, or listed, before in this run; `taking over`: it was applied, and met what is there already. */
  readonly isAgain?: true | "taking over";
}

/** Plans a stack: writes its root, initialises it where needed, and reads Terraform's plan. */
export function planStack(request: StackToPlan, ports: Ports, emit: Emit): Promise<Plan> {
  const { root, destroy, targets } = request;
  return step(planStep(request), ports, emit, async (report) => {
    const folder = await writeRoot(root, ports);
    await ports.terraform.init(folder);
    const options = {
      ...(destroy === undefined ? {} : { destroy }),
      ...(targets === undefined ? {} : { targets }),
    };
    const plan = readPlan(await ports.terraform.plan(folder, options).catch(explainGuard));
    report.end(
      plan.changes.length === 0
        ? { outcome: "unchanged" }
        : { outcome: "done", detail: summary(plan.changes) },
    );
    return plan;
  });
}

function planStep({ root: { name }, destroy, isAgain }: StackToPlan): StepRequest {
  if (destroy === true) return { id: `plan-removal/${name}`, title: `Plan the ${name}'s removal` };
  if (isAgain === undefined) return { id: `plan/${name}`, title: `Plan the ${name}` };
  if (isAgain === true) return { id: `plan-again/${name}`, title: `Plan the ${name} again` };
  return { id: `plan-taking-over/${name}`, title: `Plan the ${name} again, taking over what is there` };
}

export interface StackToApply {
  readonly root: StackRoot;
  /** What `planStack` made last for this root. */
  readonly plan: Plan;
  readonly lease: HeldLease;
  readonly kind?: "removal" | "taking over";
}

/** Applies a plan; an empty one is not applied. */
export function applyStack(request: StackToApply, ports: Ports, emit: Emit): Promise<void> {
  const { root, plan, lease } = request;
  return step(applyStep(request), ports, emit, async (report) => {
    if (isEmpty(plan)) return report.end({ outcome: "unchanged" });
    const onLine = tellProgress(plan.changes.length, report);
    const folder = await ports.work.stack(root.place);
    await lease.withTerraform((onStart) => ports.terraform.apply(folder, { onLine, onStart }));
    report.end({ outcome: "done", detail: summary(plan.changes) });
  });
}

function applyStep({ root: { name }, kind }: StackToApply): StepRequest {
  if (kind === "removal") return { id: `remove/${name}`, title: `Remove the ${name}` };
  if (kind === undefined) return { id: `apply/${name}`, title: `Provision the ${name}` };
  return { id: `take-over/${name}`, title: `Provision the ${name}, taking over what is there` };
}

/** Whether applying would change nothing, outputs included. */
export function isEmpty(plan: Plan): boolean {
  return plan.changes.length === 0 && !plan.outputsChange;
}

/** `12 to create, 1 to update`. */
export function summary(changes: readonly Change[]): string {
  const counts = Map.groupBy(changes, (change) => change.action);
  return [...counts].map(([action, list]) => `${list.length} to ${action}`).join(", ");
}

const wayToMigrate =
  "Keep it as it is. To migrate: add a second one under a new name, move the data over and release; then remove the old one by hand.";

/**
 * Refuses plans that would lose data (law 2): Terraform may replace or remove such a thing only in `destroy`.
 *
 * @throws UserError `would-lose-data` that names each thing and the argument that AWS cannot change.
 */
export function refuseLoss(...plans: readonly Plan[]): void {
  const losses = plans.flatMap((plan) => plan.changes).filter((change) => change.losesData);
  if (losses.length === 0) return;
  throw new UserError(
    losses.map(({ address, action, replacedFor }) => ({
      code: "would-lose-data",
      subject: address,
      message:
        action === "replace"
          ? `AWS cannot change ${replacedFor.join(", ")} of it: it would be made anew, empty.`
          : "It is no longer in the file and would be removed with what it holds.",
      hint: wayToMigrate,
    })),
  );
}

/** Terraform's own guard (`prevent_destroy`) speaks before there is a plan that could be refused. */
function explainGuard(error: unknown): never {
  if (!(error instanceof UserError)) throw error;
  const guarded = error.problems.filter(({ message }) => message.startsWith("Instance cannot be destroyed"));
  if (guarded.length === 0) throw error;
  throw new UserError(
    guarded.map(({ subject, message }) => ({
      code: "would-lose-data",
      subject: /Resource (\S+) has lifecycle\.prevent_destroy/.exec(message)?.[1] ?? subject,
      message: "It holds data, and this would remove it or make it anew, empty.",
      hint: wayToMigrate,
    })),
    { cause: error },
  );
}

/** Turns Terraform's lines into "7 of 40 · aws_db_instance.db (35 s)". */
function tellProgress(total: number, report: StepReport): OnLine {
  let done = 0;
  return (line) => {
    const hook = hookOf(line);
    if (hook === undefined) return;
    if (line["type"] === "apply_complete") done += 1;
    const seconds = hook.seconds === 0 ? "" : ` (${hook.seconds} s)`;
    report.progress(`${done} of ${total} · ${hook.address}${seconds}`);
  };
}

const progressTypes = ["apply_start", "apply_progress", "apply_complete"];

function hookOf(
  line: Readonly<Record<string, unknown>>,
): { readonly address: string; readonly seconds: number } | undefined {
  const hook = line["hook"];
  if (!progressTypes.includes(String(line["type"])) || typeof hook !== "object" || hook === null)
    return undefined;
  const address = "resource" in hook ? hook.resource : undefined;
  if (typeof address !== "object" || address === null || !("addr" in address)) return undefined;
  const seconds = "elapsed_seconds" in hook ? Number(hook.elapsed_seconds) : 0;
  return { address: String(address.addr), seconds };
}
