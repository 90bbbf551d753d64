import type { DatabaseOutputs } from "../../aws/outputs.ts";
import { UserError } from "../../errors.ts";
import type { Emit } from "../events.ts";
import { valueDigest } from "../input-digest.ts";
import { signalOf } from "../interrupt.ts";
import type { Ports } from "../ports.ts";
import { currentVersion } from "../secrets/store.ts";
import { type StepReport, step } from "../step.ts";
import type { Target } from "../target.ts";
import { explainResult } from "../task/explain-result.ts";
import { runTask } from "../task/task.ts";
import { describeRevision, memoryOf, registerTaskDefinition } from "../task/task-definition.ts";

/** Name of the container in the task's template. */
const container = "database";

export interface DatabaseTasksRequest {
  readonly target: Target;
  /** `<repository>@sha256:…` by database name: the Compose file's own image, which holds the right client. */
  readonly images: Readonly<Record<string, string>>;
  /** Digests of what was run for the live release, by database name. */
  readonly done: Readonly<Record<string, string>>;
  readonly parent?: string;
  readonly signal?: AbortSignal;
}

/**
 * Runs each database's task, which makes the application's roles and databases, unless exactly this was run before. Answers
 * the digests for the record.
 *
 * @throws UserError `database-task-failed` with the task's last lines.
 */
export async function prepareDatabases(
  request: DatabaseTasksRequest,
  ports: Ports,
  emit: Emit,
): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const [name, outputs] of Object.entries(request.target.outputs.databases)) {
    const parent = request.parent === undefined ? {} : { parent: request.parent };
    const title = `Prepare ${name}`;
    digests[name] = await step({ id: `database/${name}`, title, ...parent }, ports, emit, (report) =>
      prepare(name, outputs, request, report, ports, emit),
    );
  }
  return digests;
}

async function prepare(
  name: string,
  outputs: DatabaseOutputs,
  request: DatabaseTasksRequest,
  report: StepReport,
  ports: Ports,
  emit: Emit,
): Promise<string> {
  const image = request.images[name] ?? "";
  const digest = valueDigest([outputs.task, image, await passwordVersions(outputs, ports)]);
  if (request.done[name] === digest) {
    report.end({ outcome: "unchanged" });
    return digest;
  }
  const arn = await registerTaskDefinition({ template: outputs.task, container, image }, ports);
  const revision = await describeRevision(arn, ports);
  const { shared, outputs: environment } = request.target;
  const result = await runTask(
    {
      cluster: shared.cluster_arn,
      revision,
      container,
      subnets: environment.task_subnet_ids,
      securityGroup: outputs.task_security_group_id,
      startedBy: `freehold/database/${name}`,
      source: name,
      ...signalOf(request),
    },
    ports,
    emit,
  );
  if (result.exitCode === 0) return digest;
  const { message, ...more } = explainResult({ service: name, ...memoryOf(revision) }, result);
  throw new UserError({
    code: "database-task-failed",
    subject: name,
    ...more,
    message: `Its roles and databases could not be made. ${message}`,
    hint: "Nothing that runs was changed. Mend it, then run this again.",
  });
}

/** A role's new password must reach the database, so its version takes part in the digest. */
function passwordVersions(
  outputs: DatabaseOutputs,
  ports: Ports,
): Promise<readonly (readonly [string, string])[]> {
  const roles = Object.entries(outputs.role_secret_arns).sort(([a], [b]) => (a < b ? -1 : 1));
  return Promise.all(
    roles.map(async ([role, arn]) => [role, (await currentVersion(arn, ports)) ?? ""] as const),
  );
}
