import type { TaskDefinition as TaskDefinitionOutput } from "@aws-sdk/client-ecs";
import type { TaskDefinition } from "./task-definition.ts";

/** See https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html. */
export function renderTaskDefinition(definition: TaskDefinition): TaskDefinitionOutput {
  const { arn, containers, registeredAt, deregisteredAt, compatibilities, ...rest } = definition;
  return {
    ...rest,
    taskDefinitionArn: arn,
    containerDefinitions: [...containers],
    compatibilities: [...compatibilities],
    registeredAt: new Date(registeredAt),
    deregisteredAt: deregisteredAt === undefined ? undefined : new Date(deregisteredAt),
  };
}
