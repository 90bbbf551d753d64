import type { Deployment } from "../services/service-record.ts";
import type { TaskDefinition } from "../task-definitions/task-definition.ts";

/** What this machine has for tasks: it is all the capacity there is. */
export interface Capacity {
  /** MiB. */
  readonly memory: number;
}

/** As Fargate has it: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html. */
const noCapacity =
  "Capacity is unavailable at this time. Please try again later or in a different availability zone";

/** Why a task of this size has no place, in ECS's words; undefined when it has one. */
export function refusalOf(
  size: { readonly memory?: string | undefined },
  capacity: Capacity,
): string | undefined {
  return Number(size.memory ?? 0) > capacity.memory ? noCapacity : undefined;
}

/**
 * Why no task of a deployment can be placed, as the service's event says it; undefined when they can.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html.
 */
export function unplaceable(
  { launchType }: Pick<Deployment, "launchType">,
  definition: TaskDefinition,
  capacity: Capacity,
): string | undefined {
  if (launchType === "EC2" || launchType === "EXTERNAL") {
    return "was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.";
  }
  const reason = refusalOf(definition, capacity);
  return reason === undefined ? undefined : `was unable to place a task. Reason: ${reason}.`;
}
