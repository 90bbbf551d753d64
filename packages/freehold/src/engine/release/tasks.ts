import type { ContainerService } from "../../app/application.ts";
import { UserError } from "../../errors.ts";
import type { Emit } from "../events.ts";
import { signalOf } from "../interrupt.ts";
import type { Ports } from "../ports.ts";
import { step } from "../step.ts";
import type { Target } from "../target.ts";
import { explainResult } from "../task/explain-result.ts";
import { runTask, type TaskResult } from "../task/task.ts";
import { describeRevision, memoryOf, type Revision } from "../task/task-definition.ts";
import { serviceOutputs } from "./plan.ts";

export interface ReleaseTask {
  readonly kind: "release" | "seed" | "job";
  readonly service: ContainerService;
  /** Left out: the job's own. */
  readonly command?: readonly string[];
}

export interface ReleaseTaskRequest {
  readonly task: ReleaseTask;
  readonly target: Target;
  /** Revision to run it on: that of the new image. */
  readonly taskDefinitionArn: string;
  /** Id of the release that is live, for the reader. */
  readonly serving?: string;
  readonly parent?: string;
  readonly signal?: AbortSignal;
}

/** What changed services have to do, in the order given: jobs that others wait for and `release` commands, then `seed` where it is due. */
export function releaseTasks(
  changed: readonly ContainerService[],
  isSeedDue: boolean,
): readonly ReleaseTask[] {
  const of = (kind: "release" | "seed") =>
    changed.flatMap((service): readonly ReleaseTask[] => {
      if (kind === "release" && service.type === "job" && service.isAwaited)
        return [{ kind: "job", service }];
      const command = service[kind];
      return command === undefined ? [] : [{ kind, service, command }];
    });
  return [...of("release"), ...(isSeedDue ? of("seed") : [])];
}

const titles: Readonly<Record<ReleaseTask["kind"], (name: string) => string>> = {
  release: (name) => `Run ${name}'s release command`,
  seed: (name) => `Seed ${name}`,
  job: (name) => `Run the job ${name}`,
};

/**
 * Runs one command as a task with the service's new image, variables and role.
 *
 * @throws UserError `release-command-failed` with the task's last lines; what runs was not touched.
 */
export async function runReleaseTask(request: ReleaseTaskRequest, ports: Ports, emit: Emit): Promise<void> {
  const { kind, service, command } = request.task;
  const parent = request.parent === undefined ? {} : { parent: request.parent };
  await step(
    { id: `${kind}-command/${service.name}`, title: titles[kind](service.name), ...parent },
    ports,
    emit,
    async (report) => {
      const { shared, outputs } = request.target;
      const revision = await describeRevision(request.taskDefinitionArn, ports);
      const result = await runTask(
        {
          cluster: shared.cluster_arn,
          revision,
          container: service.name,
          ...(command === undefined ? {} : { command }),
          variables: service.taskVariables,
          subnets: outputs.task_subnet_ids,
          securityGroup: serviceOutputs(outputs.services, service.name).security_group_id,
          startedBy: `freehold/${kind}/${service.name}`,
          source: service.name,
          ...signalOf(request),
        },
        ports,
        emit,
      );
      if (result.exitCode !== 0) throw commandFailed(request, revision, result);
      report.end({ outcome: "done", detail: command?.join(" ") ?? "" });
    },
  );
}

function commandFailed(
  { task: { kind, service, command }, serving }: ReleaseTaskRequest,
  revision: Revision,
  result: TaskResult,
): UserError {
  const subject = { service: service.name, ...memoryOf(revision) };
  const { message, hint = "", ...more } = explainResult(subject, result);
  const outlook = serving === undefined ? "" : `${serving} serves on, untouched. `;
  return new UserError({
    code: "release-command-failed",
    subject: kind === "job" ? `services.${service.name}` : `services.${service.name}.x-freehold.${kind}`,
    message: `${command === undefined ? `The job ${service.name}` : `\`${command.join(" ")}\``} failed. ${message}`,
    ...more,
    hint: `${outlook}${hint}`,
  });
}
