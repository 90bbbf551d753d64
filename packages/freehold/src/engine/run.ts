import type { Service } from "../app/application.ts";
import { findService } from "../app/find.ts";
import { UserError } from "../errors.ts";
import type { Emit } from "./events.ts";
import { signalOf } from "./interrupt.ts";
import type { Ports } from "./ports.ts";
import { openTarget } from "./release/open.ts";
import { serviceOutputs } from "./release/plan.ts";
import { readHistory, shelfOf } from "./release/store.ts";
import type { EnvironmentRequest, Target } from "./target.ts";
import { explainResult } from "./task/explain-result.ts";
import { runMark } from "./task/run-mark.ts";
import { runTask } from "./task/task.ts";
import { describeRevision, memoryOf } from "./task/task-definition.ts";

export interface RunRequest extends EnvironmentRequest {
  readonly service: string;
  /** None: what the image, or the file, says. */
  readonly command: readonly string[];
}

export interface Ran {
  readonly exitCode: number;
}

/**
 * Runs a command once, with the image, variables and role that a service has in the live release, inside its network. Its
 * output is told as `output` events.
 *
 * @throws UserError `no-release`, `no-service`, `no-command`, `run-not-started`, `interrupted`.
 */
export async function run(request: RunRequest, ports: Ports, emit: Emit): Promise<Ran> {
  const target = await openTarget(request, ports);
  const service = findService(target.environment, request.service);
  const { name } = service;
  if (request.command.length === 0 && service.type !== "job" && service.type !== "cron")
    throw noCommand(service);
  const revision = await describeRevision(await liveRevision(target, name, ports), ports);
  const result = await runTask(
    {
      cluster: target.shared.cluster_arn,
      revision,
      container: name,
      ...(request.command.length === 0 ? {} : { command: request.command }),
      ...(service.type === "site" ? {} : { variables: service.taskVariables }),
      subnets: target.outputs.task_subnet_ids,
      securityGroup: serviceOutputs(target.outputs.services, name).security_group_id,
      startedBy: await runMark(ports),
      source: name,
      ...signalOf(request),
    },
    ports,
    emit,
  );
  if (result.exitCode !== undefined) return { exitCode: result.exitCode };
  const { message, ...more } = explainResult({ service: name, ...memoryOf(revision) }, result);
  throw new UserError({
    code: "run-not-started",
    subject: name,
    ...more,
    message: `The task did not start. ${message}`,
  });
}

/** What runs all the time would do so a second time. */
function noCommand({ name, type }: Service): UserError {
  return new UserError(
    {
      code: "no-command",
      subject: name,
      message: `is a ${type} service: its own command would not end`,
      hint: `Say what to run: \`freehold run ${name} -- COMMAND\`. Only jobs and crons have one of their own.`,
    },
    { exitCode: 2 },
  );
}

async function liveRevision(target: Target, name: string, ports: Ports): Promise<string> {
  const { live } = await readHistory(shelfOf(target), ports);
  const released = live?.services[name];
  if (released !== undefined) return released.taskDefinitionArn;
  throw new UserError({
    code: "no-release",
    subject: name,
    message: "has no container in the live release",
    hint: "Run `freehold up` first; a site has no container.",
  });
}
