import type { EcsState } from "../state.ts";
import { type Task, taskHealth } from "../tasks/task.ts";

/** A task that answers a name, and where. */
export interface Endpoint {
  readonly task: Task;
  readonly address: string;
  readonly port: number;
}

/** The tasks that new connections to a name may go to. One that has been told to stop is none from that moment. */
export function endpointsOf(state: EcsState, namespace: string, discoveryName: string): readonly Endpoint[] {
  return Object.values(state.tasks).flatMap((task) => {
    const { address } = task.networkInterface;
    if (task.connect?.namespace !== namespace || address === undefined || !isServing(task)) return [];
    const served = task.connect.serves.find((one) => one.discoveryName === discoveryName);
    return served === undefined ? [] : [{ task, address, port: served.port }];
  });
}

/** Running, wanted, and well as far as its containers are checked. */
export function isServing(task: Task): boolean {
  const isChecked = task.containers.some((one) => one.essential && one.checked);
  const isWanted = task.desiredStatus === "RUNNING" && task.lastStatus === "RUNNING";
  return isWanted && (!isChecked || taskHealth(task) === "HEALTHY");
}
