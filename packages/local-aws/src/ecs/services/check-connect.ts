import type { ServiceConnectConfiguration } from "@aws-sdk/client-ecs";
import { portNamed } from "../connect/membership.ts";
import { invalidParameter } from "../errors.ts";
import type { EcsState } from "../state.ts";
import type { TaskDefinition } from "../task-definitions/task-definition.ts";
import { primaryOf, type Service } from "./service-record.ts";

/**
 * A service answers at named ports of its revision, under names that no other of the namespace has. @throws
 * InvalidParameterException
 */
export function checkConnect(
  state: EcsState,
  configuration: ServiceConnectConfiguration | undefined,
  { containers }: TaskDefinition,
  own: { readonly cluster: string; readonly name: string },
): void {
  if (configuration?.enabled !== true) return;
  const { namespace, services = [] } = configuration;
  if (namespace === undefined)
    throw invalidParameter("A namespace is needed where the cluster has no default one.");
  const others = Object.values(state.services).filter(
    (one) => one.status === "ACTIVE" && (one.name !== own.name || one.clusterArn !== own.cluster),
  );
  for (const { portName = "", discoveryName = portName } of services) {
    if (portNamed(portName, containers) === undefined)
      throw invalidParameter(`The portName ${portName} does not exist in the task definition.`);
    if (others.some((one) => isKnownAs(one, namespace, discoveryName)))
      throw invalidParameter(`The discoveryName ${discoveryName} is in use in the namespace ${namespace}.`);
  }
}

function isKnownAs(service: Service, namespace: string, discoveryName: string): boolean {
  const own = primaryOf(service)?.serviceConnectConfiguration;
  return (
    own?.enabled === true &&
    own.namespace === namespace &&
    own.services?.some((one) => (one.discoveryName ?? one.portName) === discoveryName) === true
  );
}
