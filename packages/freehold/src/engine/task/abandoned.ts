import type { Task } from "@aws-sdk/client-ecs";
import { atMost } from "../at-most.ts";
import type { Emit } from "../events.ts";
import { interrupted } from "../interrupt.ts";
import type { Ports } from "../ports.ts";
import { type StepReport, step } from "../step.ts";
import { isOfDeadRun } from "./run-mark.ts";

export interface AbandonedTasksRequest {
  readonly cluster: string;
  /** Families of the environment's task definitions. */
  readonly families: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * Brings tasks to their end that a killed run has started. The caller holds the environment's lease, so no living run can have
 * begun a release command, a seed or a database's task: those are waited for, since half a migration is worse than one that
 * goes on. Tasks of a `freehold run` whose process is gone are stopped, for nobody reads what they say.
 *
 * @throws UserError `interrupted` (130) once tasks that were waited for have been told to stop.
 */
export async function endAbandonedTasks(
  request: AbandonedTasksRequest,
  ports: Ports,
  emit: Emit,
): Promise<void> {
  const tasks = await oneOffTasks(request, ports);
  const ecs = await ports.aws.ecs();
  for (const { taskArn: task, startedBy = "" } of tasks) {
    if (!(await isOfDeadRun(startedBy, ports))) continue;
    emit({ type: "note", subject: startedBy, message: "its process is gone; the task is stopped" });
    await ecs.stopTask({ cluster: request.cluster, task, reason: "the freehold that ran it is gone" });
  }
  const waited = tasks.filter(({ startedBy = "" }) => ofRelease.test(startedBy));
  if (waited.length === 0) return;
  const named = { id: "abandoned", title: "Wait for tasks of a run that was killed" };
  await step(named, ports, emit, (report) => untilStopped(request, waited, ports, report));
}

const ofRelease = /^freehold\/(release|seed|database)\//;

async function oneOffTasks(
  { cluster, families }: AbandonedTasksRequest,
  ports: Ports,
): Promise<readonly Task[]> {
  const ecs = await ports.aws.ecs();
  const ofFamily = async (family: string): Promise<readonly Task[]> => {
    const { taskArns = [] } = await ecs.listTasks({ cluster, family, desiredStatus: "RUNNING" });
    if (taskArns.length === 0) return [];
    return (await ecs.describeTasks({ cluster, tasks: taskArns })).tasks ?? [];
  };
  const tasks = (await atMost(8, families, ofFamily)).flat();
  return tasks.filter(({ startedBy = "" }) => startedBy.startsWith("freehold/"));
}

const pollMilliseconds = 1_000;

async function untilStopped(
  { cluster, signal }: AbandonedTasksRequest,
  tasks: readonly Task[],
  ports: Ports,
  report: StepReport,
): Promise<void> {
  const ecs = await ports.aws.ecs();
  const arns = tasks.flatMap(({ taskArn }) => taskArn ?? []);
  report.progress(tasks.map(({ startedBy }) => startedBy).join(", "));
  for (;;) {
    const found = (await ecs.describeTasks({ cluster, tasks: arns })).tasks ?? [];
    const running = found.filter((one) => one.lastStatus !== "STOPPED");
    if (running.length === 0) return;
    if (signal?.aborted === true) {
      for (const { taskArn: task } of running)
        await ecs.stopTask({ cluster, task, reason: "interrupted by the person" });
      throw interrupted();
    }
    await ports.clock.sleep(pollMilliseconds);
  }
}
