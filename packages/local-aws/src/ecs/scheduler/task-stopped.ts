import type { EcsState } from "../state.ts";
import { changeService } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import { addEvents } from "./events.ts";
import { countFailure, isFailure } from "./failures.ts";

/** After so many failures in a row ECS says that it cannot go on like this. */
const manyFailures = 5;

/** What a stopped task means for its service. */
export function noteStopped(state: EcsState, task: Task, now: number): EcsState {
  const { serviceArn, startedBy, stop } = task;
  if (serviceArn === undefined || !isFailure(task)) return state;
  return changeService(state, serviceArn, (service) => {
    const counted = countFailure(service, startedBy, now);
    const streak = counted.deployments.find(({ id }) => id === startedBy)?.streak ?? 0;
    const messages = [
      ...(stop?.code === "TaskFailedToStart" ? [`was unable to place a task. Reason: ${stop.reason}.`] : []),
      ...(streak === manyFailures ? ["is unable to consistently start tasks successfully."] : []),
    ];
    return addEvents(counted, messages, now);
  });
}
