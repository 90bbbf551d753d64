import type { Platform } from "../../platform.ts";
import { targetsOf } from "../scheduler/assess.ts";
import type { Task } from "../tasks/task.ts";
import { reasonOf, StartFailure } from "./start-failure.ts";

type Balancing = Pick<Platform, "aws" | "clock" | "log">;

/** A deregistration delay is an hour at most. */
const longestDrain = 3_700_000;
const drainPoll = 500;

/** Makes a task a target of its groups. @throws StartFailure */
export async function registerTargets({ aws }: Balancing, task: Task): Promise<void> {
  for (const { group, address, port } of targetsOf(task)) {
    await aws.elbv2
      .registerTargets({ TargetGroupArn: group, Targets: [{ Id: address, Port: port }] })
      .catch((error: unknown) => {
        throw new StartFailure(
          `ResourceInitializationError: failed to register in (target-group ${group}): ${reasonOf(error)}`,
        );
      });
  }
}

/** Takes a task out of its groups; a group that is gone has it no longer. */
export async function deregisterTargets({ aws, log }: Balancing, task: Task): Promise<void> {
  for (const { group, address, port } of targetsOf(task)) {
    await aws.elbv2
      .deregisterTargets({ TargetGroupArn: group, Targets: [{ Id: address, Port: port }] })
      .catch((error: unknown) =>
        log.warn(`ECS could not deregister a target of ${group}`, { reason: reasonOf(error) }),
      );
  }
}

/** Resolves when the load balancer has no more requests for the task: its targets are gone or unused. */
export async function awaitDrained(balancing: Balancing, task: Task, hurry: AbortSignal): Promise<void> {
  const { clock } = balancing;
  const end = clock.now().getTime() + longestDrain;
  while (!hurry.aborted && clock.now().getTime() < end && (await isDraining(balancing, task))) {
    await clock.sleep(drainPoll);
  }
}

async function isDraining({ aws }: Balancing, task: Task): Promise<boolean> {
  const states = await Promise.all(
    targetsOf(task).map(async ({ group, address, port }) => {
      const asked = { TargetGroupArn: group, Targets: [{ Id: address, Port: port }] };
      const answer = await aws.elbv2.describeTargetHealth(asked).catch(() => undefined);
      return answer?.TargetHealthDescriptions?.[0]?.TargetHealth?.State;
    }),
  );
  return states.some((state) => state !== undefined && state !== "unused");
}
