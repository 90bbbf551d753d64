import type { Tag } from "@aws-sdk/client-ecs";
import type { Store } from "../platform.ts";
import type { Cluster } from "./clusters/cluster.ts";
import type { Service } from "./services/service-record.ts";
import type { TaskDefinition } from "./task-definitions/task-definition.ts";
import type { Task } from "./tasks/task.ts";

/** Everything ECS knows, as JSON: instants are milliseconds since 1970. All by ARN, but revisions by family. */
export interface EcsState {
  readonly clusters: Readonly<Record<string, Cluster>>;
  readonly taskDefinitions: Readonly<Record<string, TaskDefinition>>;
  /** The last revision given out; numbers are never used twice. */
  readonly revisions: Readonly<Record<string, number>>;
  readonly services: Readonly<Record<string, Service>>;
  readonly tasks: Readonly<Record<string, Task>>;
  readonly tags: Readonly<Record<string, readonly Tag[]>>;
  readonly accountSettings: Readonly<Record<string, string>>;
}

export type EcsStore = Store<EcsState>;

export const emptyState: EcsState = {
  clusters: {},
  taskDefinitions: {},
  revisions: {},
  services: {},
  tasks: {},
  tags: {},
  accountSettings: {},
};

/** The state with one service changed; unchanged when the service is gone. */
export function changeService(state: EcsState, arn: string, change: (service: Service) => Service): EcsState {
  const service = state.services[arn];
  if (service === undefined) return state;
  return { ...state, services: { ...state.services, [arn]: change(service) } };
}

/** The state with one task changed; unchanged when the task is gone. */
export function changeTask(state: EcsState, arn: string, change: (task: Task) => Task): EcsState {
  const task = state.tasks[arn];
  if (task === undefined) return state;
  return { ...state, tasks: { ...state.tasks, [arn]: change(task) } };
}

/** A record without some keys. */
export function without<T>(
  record: Readonly<Record<string, T>>,
  keys: ReadonlySet<string>,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.has(key)));
}
