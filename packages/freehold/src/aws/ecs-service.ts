import type { ContainerService, RunningService, Web } from "../app/application.ts";
import { terraformName } from "../app/names.ts";
import { stopsFirst } from "../app/volume.ts";
import { type Block, resource } from "../terraform/block.ts";
import type { Ref } from "../terraform/expression.ts";
import { nameOf } from "./names.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";
import type { SecurityGroup } from "./security-group.ts";
import { type Connection, connectArgument } from "./service-connect.ts";

export interface EcsServiceRequest {
  readonly service: RunningService;
  readonly taskDefinition: Ref;
  readonly group: SecurityGroup;
  readonly connection: Connection;
  readonly targetGroup?: { readonly arn: Ref; readonly rule: Block };
}

/**
 * A service at count 0, whose names others find from then on. Revision, count, target, capacity and names are release data: the
 * engine sets them.
 */
export function ecsService(scope: EnvironmentScope, request: EcsServiceRequest): Block<"name"> {
  const { service, taskDefinition, group, connection, targetGroup } = request;
  return resource(
    "aws_ecs_service",
    terraformName(service.name),
    {
      name: nameOf("service", within(scope, service.name)),
      cluster: scope.facts.collection.cluster_arn,
      task_definition: taskDefinition,
      desired_count: 0,
      capacity_provider_strategy: [{ capacity_provider: capacityProvider(scope, service), weight: 1 }],
      ...replacement(service),
      deployment_circuit_breaker: { enable: true, rollback: true },
      network_configuration: networkOf(scope, group),
      ...(service.type === "web" && targetGroup !== undefined
        ? loadBalancerOf(service, targetGroup.arn)
        : {}),
      ...connectionArguments(connection),
      propagate_tags: "SERVICE",
      enable_ecs_managed_tags: true,
      tags: serviceTags(service.name),
    },
    {
      lifecycle: {
        ignoreChanges: [
          "capacity_provider_strategy",
          "desired_count",
          "load_balancer",
          "service_connect_configuration",
          "task_definition",
        ],
      },
      // ECS refuses a target group that no load balancer uses yet.
      dependsOn: targetGroup === undefined ? [] : [targetGroup.rule],
    },
  );
}

function connectionArguments({ connect, registryArn }: Connection) {
  return {
    ...(connect === undefined ? {} : { service_connect_configuration: connectArgument(connect) }),
    ...(registryArn === undefined ? {} : { service_registries: { registry_arn: registryArn } }),
  };
}

/** Side by side, or one after the other where both would write to one volume. */
function replacement(service: RunningService) {
  const [minimum, maximum] = stopsFirst(service) ? [0, 100] : [100, 200];
  return { deployment_minimum_healthy_percent: minimum, deployment_maximum_percent: maximum };
}

/** Spot may end a task at two minutes' notice, also while it writes: for previews of what writes to no volume alone. */
export function capacityProvider(
  { environment }: EnvironmentScope,
  service: ContainerService,
): "FARGATE" | "FARGATE_SPOT" {
  return environment.kind === "preview" && !stopsFirst(service) ? "FARGATE_SPOT" : "FARGATE";
}

/** Tasks have no public address. */
export function networkOf(scope: EnvironmentScope, group: SecurityGroup) {
  return {
    subnets: scope.facts.collection.private_subnet_ids,
    security_groups: [group.id],
    assign_public_ip: false,
  };
}

function loadBalancerOf(service: Web, target_group_arn: Ref) {
  return {
    load_balancer: [{ target_group_arn, container_name: service.name, container_port: service.port }],
    health_check_grace_period_seconds: service.health.grace,
  };
}
