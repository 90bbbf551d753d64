import type { CreateServiceCommandInput, DeploymentConfiguration } from "@aws-sdk/client-ecs";
import type { Arns } from "../arns.ts";
import { placementOf } from "../clusters/capacity-providers.ts";
import { activeCluster } from "../clusters/find.ts";
import { invalidParameter } from "../errors.ts";
import type { EcsState } from "../state.ts";
import { activeTaskDefinition } from "../task-definitions/find.ts";
import { requireNetwork } from "../tasks/network.ts";
import { checkTargets, refuseUnsupported, refuseUnsupportedKind } from "./check.ts";
import { checkConnect } from "./check-connect.ts";
import { findService } from "./find.ts";
import { beginDeployment } from "./new-deployment.ts";
import type { Service } from "./service-record.ts";

/**
 * The service that a valid input makes, with its first deployment.
 * See https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html.
 */
export function newService(
  state: EcsState,
  arns: Arns,
  input: CreateServiceCommandInput,
  now: number,
): Service {
  refuseUnsupportedKind(input);
  refuseUnsupported(input);
  const cluster = activeCluster(state, input.cluster);
  const { serviceName: name = "" } = input;
  if (!/^[\w-]{1,255}$/.test(name)) throw invalidParameter("Invalid service name.");
  if (input.desiredCount !== undefined && input.desiredCount < 0)
    throw invalidParameter("desiredCount cannot be negative.");
  const definition = activeTaskDefinition(state, input.taskDefinition ?? "");
  requireNetwork(definition.networkMode, input.networkConfiguration);
  checkTargets(input.loadBalancers, definition);
  checkConnect(state, input.serviceConnectConfiguration, definition, { cluster: cluster.arn, name });
  const known = findService(state, cluster.arn, name);
  if (known?.status === "ACTIVE") throw invalidParameter("Creation of service was not idempotent.");
  if (known?.status === "DRAINING") {
    throw invalidParameter("Unable to Start a service that is still Draining.");
  }
  const placement = placementOf(cluster, {
    launchType: input.launchType,
    strategy: input.capacityProviderStrategy,
  });
  const service: Service = {
    arn: arns.service(cluster.name, name),
    name,
    clusterArn: cluster.arn,
    status: "ACTIVE",
    desiredCount: input.desiredCount ?? 1,
    taskDefinition: definition.arn,
    launchType: placement.launchType,
    capacityProviderStrategy: placement.strategy && [...placement.strategy],
    platformVersion: input.platformVersion ?? "LATEST",
    networkConfiguration: input.networkConfiguration,
    loadBalancers: input.loadBalancers ?? [],
    deploymentConfiguration: withDefaults(input.deploymentConfiguration),
    deploymentController: { type: "ECS" },
    healthCheckGracePeriodSeconds:
      input.healthCheckGracePeriodSeconds ?? (input.loadBalancers?.length ? 0 : undefined),
    enableECSManagedTags: input.enableECSManagedTags ?? false,
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    propagateTags: input.propagateTags ?? "NONE",
    placementConstraints: input.placementConstraints ?? [],
    placementStrategy: input.placementStrategy ?? [],
    serviceConnectConfiguration: input.serviceConnectConfiguration,
    serviceRegistries: input.serviceRegistries ?? [],
    availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? "DISABLED",
    createdAt: now,
    deployments: [],
    events: [],
    history: [],
    steady: false,
  };
  return beginDeployment(service, now);
}

/** What ECS fills in. */
export function withDefaults(
  given: DeploymentConfiguration | undefined,
  before: DeploymentConfiguration = {},
): DeploymentConfiguration {
  return {
    deploymentCircuitBreaker: { enable: false, rollback: false },
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    strategy: "ROLLING",
    bakeTimeInMinutes: 0,
    ...before,
    ...given,
  };
}
