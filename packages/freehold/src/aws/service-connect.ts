import type { RunningService } from "../app/application.ts";
import { connectedPorts, isCalled, isConnected, isRunning, privateLabel, privateZone } from "../app/calls.ts";
import { cloudName, terraformName } from "../app/names.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import type { Ref } from "../terraform/expression.ts";
import { nameOf } from "./names.ts";
import type { ConnectOutputs } from "./outputs.ts";
import { type EnvironmentScope, serviceTags } from "./scope.ts";

/** How a service is found by others, and finds them. */
export interface Connection {
  /** Undefined for a service that neither calls nor is called by one that runs all the time: it needs no proxy. */
  readonly connect: Membership | undefined;
  /** Where its tasks are written into the private DNS; undefined when nothing calls it. */
  readonly registryArn: Ref | undefined;
}

/** In a namespace, with the names it answers to there. */
type Membership = Pick<ConnectOutputs, "services"> & { readonly namespace: Ref };

export interface Connections {
  readonly blocks: readonly Block[];
  of(service: RunningService): Connection;
}

/**
 * The names by which an environment's services call each other: short ones for tasks of services, by Service Connect, whose
 * names are unique within a namespace; and those of a private zone for all in the network, as only services have Service Connect
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html).
 */
export function connections(scope: EnvironmentScope): Connections {
  const { services } = scope.environment;
  const running = services.filter(isRunning);
  const namespace = running.some((one) => isConnected(services, one)) ? shortNames(scope) : undefined;
  const called = running.filter((one) => isCalled(services, one.name));
  const zone = called.length > 0 ? privateNames(scope) : undefined;
  const registries = new Map(
    called.flatMap(({ name }) => (zone === undefined ? [] : [[name, registry(name, zone)] as const])),
  );
  return {
    blocks: [namespace, zone, ...registries.values()].filter((one) => one !== undefined),
    of: (service) => {
      const found = registries.get(service.name);
      const isMember = namespace !== undefined && isConnected(services, service);
      return {
        connect: isMember ? connectOf(scope, service, ref(namespace, "arn")) : undefined,
        registryArn: found && ref(found, "arn"),
      };
    },
  };
}

function shortNames(scope: EnvironmentScope): Block<"arn"> {
  return resource("aws_service_discovery_http_namespace", "main", {
    name: nameOf("namespace", scope.identity),
    description: `Services of ${scope.environment.name}, as they call each other`,
  });
}

function privateNames(scope: EnvironmentScope): Block<"id"> {
  return resource("aws_service_discovery_private_dns_namespace", "main", {
    name: privateZone(scope.identity.application, scope.environment.name),
    description: `Services of ${scope.environment.name}, for tasks that are run once`,
    vpc: scope.facts.collection.vpc_id,
  });
}

/** Seconds that an address may be remembered: as long, a stopped task may still be called. */
const timeToLive = 10;

function registry(name: string, zone: Block<"id">): Block<"arn"> {
  return resource("aws_service_discovery_service", terraformName(name), {
    name: privateLabel(name),
    namespace_id: ref(zone, "id"),
    dns_config: {
      namespace_id: ref(zone, "id"),
      routing_policy: "MULTIVALUE",
      dns_records: [{ type: "A", ttl: timeToLive }],
    },
    // ECS tells it what it knows of the tasks' health.
    health_check_custom_config: { failure_threshold: 1 },
    // ECS takes its tasks out as they end, which may be after the service itself is gone.
    force_destroy: true,
    tags: serviceTags(name),
  });
}

function connectOf(scope: EnvironmentScope, { name }: RunningService, namespace: Ref): Membership {
  return {
    namespace,
    services: connectedPorts(scope.environment.services, name).map((port) => ({
      portName: portName(port),
      discoveryName: discoveryName(name, port),
      clientAliases: [{ dnsName: name, port }],
    })),
  };
}

/** The same as Terraform writes it. */
export function connectArgument({ namespace, services }: Membership) {
  return { enabled: true, namespace, service: services.map(serviceArgument) };
}

function serviceArgument({ portName, discoveryName, clientAliases }: ConnectOutputs["services"][number]) {
  const [{ dnsName, port }] = clientAliases;
  return {
    port_name: portName,
    discovery_name: discoveryName,
    client_alias: { dns_name: dnsName, port },
  };
}

/** Name of a container's port: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html. */
export function portName(port: number): string {
  return `tcp-${port}`;
}

/** Small letters, digits, underscores and hyphens, 64 at most. */
function discoveryName(service: string, port: number): string {
  const name = service.length > 58 ? cloudName({ application: service }, 58) : service.toLowerCase();
  return `${name}-${port}`;
}
