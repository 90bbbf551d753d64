import { UserError } from "../errors.ts";
import { type Change, type Plan, readPlan } from "../terraform/plan.ts";
import type { Emit } from "./events.ts";
import type { HeldLease } from "./lease.ts";
import type { OnLine, Ports } from "./ports.ts";
import { type StackRoot, writeRoot } from "./stacks.ts";
import { type StepReport, step } from "./step.ts";

/** Plans a stack: writes its root, initialises it where needed, and reads Terraform's plan. */
export function planStack(
  root: StackRoot,
  ports: Ports,
  emit: Emit,
  options: { readonly destroy?: boolean } = {},
): Promise<Plan> {
  return step({ id: `plan/${root.name}`, title: `Plan the ${root.name}` }, ports, emit, async (report) => {
    await writeRoot(root, ports);
    await ports.terraform.init(root.folder);
    const plan = readPlan(await ports.terraform.plan(root.folder, options));
    report.end(
      plan.changes.length === 0
        ? { outcome: "unchanged" }
        : { outcome: "done", detail: summary(plan.changes) },
    );
    return plan;
  });
}

/** Applies the plan that `planStack` made last for this root; an empty one is not applied. */
export function applyStack(
  root: StackRoot,
  plan: Plan,
  lease: HeldLease,
  ports: Ports,
  emit: Emit,
): Promise<void> {
  const verb =
    plan.changes.every((change) => change.action === "delete") && plan.changes.length > 0
      ? "Remove"
      : "Provision";
  return step(
    { id: `apply/${root.name}`, title: `${verb} the ${root.name}` },
    ports,
    emit,
    async (report) => {
      if (isEmpty(plan)) return report.end({ outcome: "unchanged" });
      try {
        const onLine = tellProgress(plan.changes.length, report);
        await ports.terraform.apply(root.folder, { onLine, onPid: lease.terraformPid });
      } finally {
        lease.terraformPid(undefined);
      }
      report.end({ outcome: "done", detail: summary(plan.changes) });
    },
  );
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

/**
 * Refuses a plan that would lose data (law 2): Terraform may replace or remove such a thing only in `destroy`.
 *
 * @throws UserError that names each thing and the argument that AWS cannot change.
 */
export function refuseLoss(plan: Plan): void {
  const losses = plan.changes.filter((change) => change.losesData);
  if (losses.length === 0) return;
  throw new UserError(
    losses.map((change) => ({
      code: "would-lose-data",
      subject: change.address,
      message:
        change.action === "replace"
          ? `AWS cannot change ${change.replacedFor.join(", ")} of it: it would be made anew, empty.`
          : "It is no longer in the file and would be removed with what it holds.",
      hint: "Keep it as it is. To migrate: add a second one under a new name, copy the data, then run `freehold destroy` for the old.",
    })),
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
