import { isDeepStrictEqual } from "node:util";
import type { UpdateServiceCommandInput } from "@aws-sdk/client-ecs";
import { placementOf } from "../clusters/capacity-providers.ts";
import { activeCluster } from "../clusters/find.ts";
import { invalidParameter } from "../errors.ts";
import type { EcsState } from "../state.ts";
import { activeTaskDefinition } from "../task-definitions/find.ts";
import { requireNetwork } from "../tasks/network.ts";
import { checkTargets, refuseUnsupported } from "./check.ts";
import { checkConnect } from "./check-connect.ts";
import { withDefaults } from "./create.ts";
import { activeService } from "./find.ts";
import { beginDeployment, revisionOf } from "./new-deployment.ts";
import type { Service } from "./service-record.ts";

/**
 * The service after an update; a changed revision, or force, begins a deployment.
 * See https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html.
 */
export function updatedService(state: EcsState, input: UpdateServiceCommandInput, now: number): Service {
  refuseUnsupported(input);
  const cluster = activeCluster(state, input.cluster);
  const before = activeService(state, cluster.arn, input.service ?? "");
  if (input.desiredCount !== undefined && input.desiredCount < 0)
    throw invalidParameter("desiredCount cannot be negative.");
  const strategy = input.capacityProviderStrategy;
  if (strategy?.length) placementOf(cluster, { strategy });
  const definition = activeTaskDefinition(state, input.taskDefinition ?? before.taskDefinition);
  const after: Service = {
    ...before,
    taskDefinition: definition.arn,
    ...given({
      desiredCount: input.desiredCount,
      networkConfiguration: input.networkConfiguration,
      loadBalancers: input.loadBalancers,
      serviceConnectConfiguration: input.serviceConnectConfiguration,
      serviceRegistries: input.serviceRegistries,
      platformVersion: input.platformVersion,
      healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds,
      enableECSManagedTags: input.enableECSManagedTags,
      enableExecuteCommand: input.enableExecuteCommand,
      propagateTags: input.propagateTags,
      placementConstraints: input.placementConstraints,
      placementStrategy: input.placementStrategy,
      availabilityZoneRebalancing: input.availabilityZoneRebalancing,
    }),
    ...(strategy?.length && { capacityProviderStrategy: strategy, launchType: undefined }),
    deploymentConfiguration: withDefaults(input.deploymentConfiguration, before.deploymentConfiguration),
  };
  requireNetwork(definition.networkMode, after.networkConfiguration);
  checkTargets(after.loadBalancers, definition);
  checkConnect(state, after.serviceConnectConfiguration, definition, {
    cluster: cluster.arn,
    name: after.name,
  });
  const moves =
    input.forceNewDeployment === true || !isDeepStrictEqual(revisionOf(before), revisionOf(after));
  return moves ? beginDeployment(after, now) : after;
}

/** The members that the caller gave. */
function given<T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  // Object.fromEntries forgets the keys' names, which the argument's type has.
  return Object.fromEntries(present) as { [K in keyof T]?: NonNullable<T[K]> };
}
