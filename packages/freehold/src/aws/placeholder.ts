import type { ContainerService } from "../app/application.ts";
import { terraformName } from "../app/names.ts";
import { ref, resource } from "../terraform/block.ts";
import { jsonencode, type Ref } from "../terraform/expression.ts";
import { portMappingsOf } from "./port-mappings.ts";
import { type EnvironmentScope, serviceTags } from "./scope.ts";
import { familyOf } from "./task-template.ts";

/**
 * A first revision, which ECS demands before there is an image, and which never runs: services begin at count 0,
 * schedules disabled. It never changes afterwards; the engine registers every later revision of the family.
 */
export function placeholder(scope: EnvironmentScope, service: ContainerService) {
  const portMappings = portMappingsOf(service);
  const container = { name: service.name, image: "scratch", essential: true, portMappings };
  const block = resource(
    "aws_ecs_task_definition",
    terraformName(service.name),
    {
      family: familyOf(scope, service.name),
      requires_compatibilities: ["FARGATE"],
      network_mode: "awsvpc",
      cpu: "256",
      memory: "512",
      container_definitions: jsonencode([container]),
      tags: serviceTags(service.name),
    },
    // A changed port must not make, and so switch to, another revision that cannot run.
    { lifecycle: { ignoreChanges: ["container_definitions"] } },
  );
  const arn: Ref = ref(block, "arn");
  return { block, arn };
}
