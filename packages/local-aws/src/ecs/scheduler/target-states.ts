import type { Platform } from "../../platform.ts";
import type { Task } from "../tasks/task.ts";
import { type TargetStates, targetKey, targetsOf } from "./assess.ts";

/** Asks the load balancer for the health of every target that tasks are. A group that is gone has no verdicts. */
export async function readTargetStates(
  { aws, log }: Pick<Platform, "aws" | "log">,
  tasks: readonly Task[],
): Promise<TargetStates> {
  const groups = new Set(tasks.flatMap((task) => targetsOf(task).map(({ group }) => group)));
  const read = async (group: string): Promise<readonly (readonly [string, string])[]> => {
    const { TargetHealthDescriptions = [] } = await aws.elbv2.describeTargetHealth({ TargetGroupArn: group });
    return TargetHealthDescriptions.flatMap(({ Target, TargetHealth }) =>
      Target?.Id !== undefined && Target.Port !== undefined && TargetHealth?.State !== undefined
        ? [[targetKey(group, Target.Id, Target.Port), TargetHealth.State] as const]
        : [],
    );
  };
  const answers = await Promise.allSettled([...groups].map(read));
  return new Map(
    answers.flatMap((answer) => {
      if (answer.status === "fulfilled") return answer.value;
      log.warn("ECS could not read a target group's health", { reason: String(answer.reason) });
      return [];
    }),
  );
}
