import type { PropagateTags, Tag } from "@aws-sdk/client-ecs";
import { lastPart } from "../arns.ts";
import type { EcsState } from "../state.ts";
import type { Task } from "./task.ts";

export interface TagWish {
  readonly propagateTags?: PropagateTags | undefined;
  readonly enableECSManagedTags?: boolean | undefined;
  /** Given for the task itself; they win. */
  readonly own?: readonly Tag[] | undefined;
}

/** The tags a new task bears. See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html. */
export function propagatedTags(state: EcsState, task: Task, wish: TagWish): readonly Tag[] {
  const { own = [] } = wish;
  const source = sourceOf(task, wish.propagateTags);
  const managed = wish.enableECSManagedTags === true ? managedTags(task) : [];
  const inherited = source === undefined ? [] : (state.tags[source] ?? []);
  return [...managed, ...inherited.filter(({ key }) => !own.some((one) => one.key === key)), ...own];
}

function sourceOf(task: Task, wish: PropagateTags | undefined): string | undefined {
  if (wish === "SERVICE") return task.serviceArn;
  return wish === "TASK_DEFINITION" ? task.taskDefinitionArn : undefined;
}

function managedTags({ clusterArn, serviceArn }: Task): readonly Tag[] {
  const cluster = { key: "aws:ecs:clusterName", value: lastPart(clusterArn) };
  return serviceArn === undefined
    ? [cluster]
    : [cluster, { key: "aws:ecs:serviceName", value: lastPart(serviceArn) }];
}
