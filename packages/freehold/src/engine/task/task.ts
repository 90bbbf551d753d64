import type { KeyValuePair, Task } from "@aws-sdk/client-ecs";
import { UserError } from "../../errors.ts";
import type { Emit } from "../events.ts";
import type { Ports } from "../ports.ts";
import { type StoppedTask, stoppedTask } from "./stopped-task.ts";
import type { Revision } from "./task-definition.ts";
import { type LogLine, logReader, streamOf } from "./task-logs.ts";

/** A task that is run once and waited for. */
export interface OneOffTask {
  readonly cluster: string;
  readonly revision: Revision;
  /** The container whose exit code counts and whose output is shown. */
  readonly container: string;
  /** Left out: what the revision says. */
  readonly command?: readonly string[];
  /** Variables that it has otherwise than its revision says. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly subnets: readonly string[];
  readonly securityGroup: string;
  /** What started it, for the account's own records: `freehold/<verb>/<name>`. */
  readonly startedBy: string;
  /** Name of the source of its `output` events. */
  readonly source: string;
  readonly signal?: AbortSignal;
}

export interface TaskResult {
  /** Undefined when the container never started. */
  readonly exitCode?: number;
  /** Why it stopped. */
  readonly stopped: StoppedTask;
  /** The last lines it wrote, oldest first. */
  readonly lines: readonly LogLine[];
}

const pollMilliseconds = 1_000;
const keptLines = 20;

/**
 * Runs a task, tells its output as `output` events as it comes, and waits until it has stopped.
 * See https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html.
 *
 * @throws UserError `task-not-started` when ECS places no task; `interrupted` (130) once an interrupted task has been stopped.
 */
export async function runTask(task: OneOffTask, ports: Ports, emit: Emit): Promise<TaskResult> {
  const taskArn = await startTask(task, ports);
  const output = outputReader(task, taskArn, ports, emit);
  const stopped = await untilStopped(task, taskArn, output, ports, emit);
  const container = stopped.task.containers?.find((one) => one.name === task.container);
  if (task.signal?.aborted === true) throw interrupted(task);
  return {
    ...(container?.exitCode === undefined ? {} : { exitCode: container.exitCode }),
    stopped: stoppedTask(stopped.task),
    lines: stopped.lines,
  };
}

async function startTask(task: OneOffTask, ports: Ports): Promise<string> {
  const ecs = await ports.aws.ecs();
  const command = task.command && [...task.command];
  const { tasks = [], failures = [] } = await ecs.runTask({
    cluster: task.cluster,
    taskDefinition: task.revision.arn,
    count: 1,
    capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [...task.subnets],
        securityGroups: [task.securityGroup],
        assignPublicIp: "DISABLED",
      },
    },
    overrides: { containerOverrides: [{ name: task.container, command, environment: environmentOf(task) }] },
    // ECS takes 128 letters, digits, hyphens, slashes and underscores.
    startedBy: task.startedBy.replaceAll(/[^A-Za-z0-9/_-]/g, "_").slice(0, 128),
    propagateTags: "TASK_DEFINITION",
    enableECSManagedTags: true,
  });
  const arn = tasks[0]?.taskArn;
  if (arn !== undefined) return arn;
  const reasons = failures.map((failure) => failure.reason).join(", ");
  throw new UserError(
    {
      code: "task-not-started",
      subject: task.source,
      message: `AWS started no task: ${reasons === "" ? "no reason given" : reasons}`,
      hint: "Look at the cluster's capacity and the subnets' free addresses, then run this again.",
    },
    { exitCode: 75 },
  );
}

function environmentOf({ variables = {} }: OneOffTask): KeyValuePair[] | undefined {
  const pairs = Object.entries(variables).map(([name, value]) => ({ name, value }));
  return pairs.length === 0 ? undefined : pairs;
}

/** Tells what has come since the last call; answers the newest lines so far. */
type Output = () => Promise<readonly LogLine[]>;

function outputReader(task: OneOffTask, taskArn: string, ports: Ports, emit: Emit): Output {
  const container = task.revision.containers.find((one) => one.name === task.container);
  const stream = streamOf(container, taskArn);
  if (stream === undefined) return async () => [];
  const read = logReader(stream, ports);
  let lines: readonly LogLine[] = [];
  return async () => {
    const fresh = await read();
    for (const { line, time } of fresh) emit({ type: "output", source: task.source, line, time });
    lines = [...lines, ...fresh].slice(-keptLines);
    return lines;
  };
}

async function untilStopped(
  task: OneOffTask,
  taskArn: string,
  output: Output,
  ports: Ports,
  emit: Emit,
): Promise<{ readonly task: Task; readonly lines: readonly LogLine[] }> {
  const ecs = await ports.aws.ecs();
  let isStopping = false;
  for (;;) {
    if (task.signal?.aborted === true && !isStopping) {
      isStopping = true;
      emit({
        type: "note",
        subject: task.source,
        message: "stopping the task; it has its grace period to end",
      });
      await ecs.stopTask({ cluster: task.cluster, task: taskArn, reason: "interrupted by the person" });
    }
    const { tasks = [] } = await ecs.describeTasks({ cluster: task.cluster, tasks: [taskArn] });
    const lines = await output();
    const [found] = tasks;
    if (found?.lastStatus === "STOPPED") return { task: found, lines: await drained(output, lines, ports) };
    await ports.clock.sleep(pollMilliseconds);
  }
}

/** The driver hands over its last lines shortly after the task has stopped: reads until nothing more comes. */
async function drained(
  output: Output,
  before: readonly LogLine[],
  ports: Ports,
): Promise<readonly LogLine[]> {
  await ports.clock.sleep(pollMilliseconds);
  const now = await output();
  return now.at(-1) === before.at(-1) && now.length === before.length ? now : drained(output, now, ports);
}

function interrupted(task: OneOffTask): UserError {
  return new UserError(
    {
      code: "interrupted",
      subject: task.source,
      message: "The task was stopped because you interrupted it.",
    },
    { exitCode: 130 },
  );
}
