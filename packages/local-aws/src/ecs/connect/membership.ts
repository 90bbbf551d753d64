import type { ServiceConnectConfiguration } from "@aws-sdk/client-ecs";
import { primaryOf, type Revision } from "../services/service-record.ts";
import type { EcsState } from "../state.ts";
import type { TaskDefinition } from "../task-definitions/task-definition.ts";
import type { Alias, Membership } from "../tasks/membership.ts";

/**
 * A new task's names: those that any service has in its namespace now. Tasks that no service starts have none.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html.
 */
export function membershipOf(
  state: EcsState,
  { serviceConnectConfiguration: own }: Revision,
  definition: TaskDefinition,
): Membership | undefined {
  if (own?.enabled !== true || own.namespace === undefined) return undefined;
  const { namespace } = own;
  const members = Object.values(state.services)
    .filter(({ status }) => status === "ACTIVE")
    .flatMap((service) => primaryOf(service)?.serviceConnectConfiguration ?? [])
    .filter((one) => one.enabled === true && one.namespace === namespace);
  return { namespace, aliases: members.flatMap(aliasesOf), serves: servedBy(own, definition) };
}

function aliasesOf({ services = [] }: ServiceConnectConfiguration): readonly Alias[] {
  return services.flatMap(({ portName = "", discoveryName = portName, clientAliases = [] }) =>
    clientAliases.map(({ dnsName = discoveryName, port = 0 }) => ({ dnsName, port, discoveryName })),
  );
}

function servedBy({ services = [] }: ServiceConnectConfiguration, { containers }: TaskDefinition) {
  return services.flatMap(({ portName = "", discoveryName = portName }) => {
    const port = portNamed(portName, containers);
    return port === undefined ? [] : [{ discoveryName, port }];
  });
}

/** The container's port of that name. */
export function portNamed(name: string, containers: TaskDefinition["containers"]): number | undefined {
  const mappings = containers.flatMap(({ portMappings = [] }) => portMappings);
  return mappings.find((one) => one.name === name)?.containerPort;
}
