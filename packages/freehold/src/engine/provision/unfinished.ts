import { UserError } from "../../errors.ts";
import { address } from "../../terraform/block.ts";
import { holdsData } from "../../terraform/plan.ts";
import type { Emit } from "../events.ts";
import type { HeldLease } from "../lease/heartbeat.ts";
import type { Ports } from "../ports.ts";
import { type StepReport, step } from "../step.ts";
import { type StackRoot, writeRoot } from "./stacks.ts";
import type { StackState } from "./state.ts";

/** What holds data and was being made when a run was interrupted. AWS goes on making it; Terraform alone would make it anew. */
export function unfinished(state: StackState<unknown>): readonly string[] {
  return taintedOf(state).filter((one) => holdsData.has(one.split(".")[0] ?? ""));
}

/** Everything that was being made then. */
export function taintedOf(state: StackState<unknown>): readonly string[] {
  return state.kind === "absent" ? [] : state.tainted;
}

export interface StackToFinish {
  readonly root: StackRoot;
  readonly state: StackState<unknown>;
  readonly lease: HeldLease;
}

/** Waits until what an interrupted run began is there, and has Terraform take it as sound. */
export async function finish(request: StackToFinish, ports: Ports, emit: Emit): Promise<void> {
  const { root, state, lease } = request;
  const addresses = unfinished(state);
  if (addresses.length === 0) return;
  const named = { id: `finish/${root.name}`, title: "Finish what an interrupted run began" };
  await step(named, ports, emit, async (report) => {
    await lease.demand();
    await writeRoot(root, ports);
    await ports.terraform.init(root.folder);
    for (const one of addresses) {
      await waitForDatabase(databaseOf(root, one), ports, report);
      await lease.withTerraform((onStart) => ports.terraform.untaint(root.folder, one, { onStart }));
    }
    report.end({ outcome: "done", detail: addresses.join(", ") });
  });
}

/** The instance's identifier; undefined for what is not a database. */
function databaseOf({ stack }: StackRoot, wanted: string): string | undefined {
  const block = stack.blocks.find((one) => one.kind === "resource" && address(one) === wanted);
  const identifier = block?.type === "aws_db_instance" ? block.args["identifier"] : undefined;
  return typeof identifier === "string" ? identifier : undefined;
}

/** Statuses from which an instance does not become available by itself: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html */
const stuck: ReadonlySet<string> = new Set([
  "failed",
  "deleting",
  "incompatible-network",
  "incompatible-parameters",
  "storage-full",
]);

async function waitForDatabase(
  identifier: string | undefined,
  ports: Ports,
  report: StepReport,
): Promise<void> {
  if (identifier === undefined) return;
  const rds = await ports.aws.rds();
  for (;;) {
    const { DBInstances = [] } = await rds.describeDBInstances({ DBInstanceIdentifier: identifier });
    const status = DBInstances[0]?.DBInstanceStatus ?? "failed";
    if (status === "available") return;
    if (stuck.has(status)) throw isStuck(identifier, status);
    report.progress(`${identifier} is ${status}`);
    await ports.clock.sleep(5_000);
  }
}

function isStuck(identifier: string, status: string): UserError {
  return new UserError({
    code: "database-stuck",
    subject: identifier,
    message: `The database's making was interrupted, and it is ${status} now.`,
    hint: "Look at its events in the RDS console. If it holds nothing yet, delete it there and run this again.",
  });
}
