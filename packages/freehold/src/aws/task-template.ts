import type { Platform, Size } from "../app/application.ts";
import type { Expressed, Text } from "../terraform/expression.ts";
import type { LogGroup } from "./log-group.ts";
import { nameOf } from "./names.ts";
import type { ContainerTemplate, TaskTemplate, VolumeTemplate } from "./outputs.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";

export interface TemplateRequest {
  /** Service or database. */
  readonly owner: string;
  readonly family: string;
  readonly taskRoleArn: Text;
  readonly executionRoleArn: Text;
  readonly size: Size;
  readonly platform: Platform;
  readonly containers: readonly Expressed<ContainerTemplate>[];
  readonly volumes?: readonly Expressed<VolumeTemplate>[];
}

/** Family of the revisions of a service, or with `what` of another of its owner's tasks. */
export function familyOf(scope: EnvironmentScope, owner: string, what = ""): string {
  return nameOf("taskFamily", within(scope, owner), what);
}

/** What the engine registers, once it has put the image in. */
export function taskTemplate(scope: EnvironmentScope, request: TemplateRequest): Expressed<TaskTemplate> {
  const tags = { ...scope.tags, ...serviceTags(request.owner) };
  return {
    family: request.family,
    taskRoleArn: request.taskRoleArn,
    executionRoleArn: request.executionRoleArn,
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    cpu: request.size.cpu.toString(),
    memory: request.size.memory.toString(),
    runtimePlatform: {
      cpuArchitecture: request.platform === "linux/arm64" ? "ARM64" : "X86_64",
      operatingSystemFamily: "LINUX",
    },
    containerDefinitions: request.containers,
    ...(request.volumes === undefined || request.volumes.length === 0 ? {} : { volumes: request.volumes }),
    tags: Object.entries(tags)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => ({ key, value })),
  };
}

/** A record as ECS writes its variables: sorted, each with its value. */
export function nameValues(
  record: Readonly<Record<string, Text>>,
): readonly { readonly name: string; readonly value: Text }[] {
  return sortedEntries(record).map(([name, value]) => ({ name, value }));
}

export function nameSources(
  record: Readonly<Record<string, Text>>,
): readonly { readonly name: string; readonly valueFrom: Text }[] {
  return sortedEntries(record).map(([name, valueFrom]) => ({ name, valueFrom }));
}

function sortedEntries<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

export function logConfiguration(
  scope: EnvironmentScope,
  logs: LogGroup,
  prefix: string,
): Expressed<ContainerTemplate["logConfiguration"]> {
  return {
    logDriver: "awslogs",
    options: {
      "awslogs-group": logs.name,
      "awslogs-region": scope.facts.region,
      "awslogs-stream-prefix": prefix,
    },
  };
}
