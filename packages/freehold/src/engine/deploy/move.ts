import type { LoadBalancer, Service, ServiceConnectConfiguration } from "@aws-sdk/client-ecs";
import type { ConnectOutputs } from "../../aws/outputs.ts";
import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";
import type { Revision } from "../task/task-definition.ts";
import type { PendingChange } from "./change.ts";
import type { Check } from "./check.ts";
import { describeService, type ServicePlace } from "./observe.ts";

/** A service that is to run a revision. */
export interface Move {
  /** The service's name in the file; also that of its container. */
  readonly name: string;
  readonly place: ServicePlace;
  readonly revision: Revision;
  /** Tasks to run; left out, the service keeps as many as it has. */
  readonly count?: number;
  /** What the load balancer asks of its tasks; left out, what it asks now. */
  readonly check?: Check;
  /** The names of Service Connect it finds and answers to, or null for none; left out, as they are. */
  readonly connect?: ConnectOutputs | null;
  /** Revision to go back to when this fails; left out, the one it runs now. */
  readonly fallback?: string;
}

/** Errors: UserError `not-provisioned` when there is no such service. */
export async function demandService(move: Move, ports: Ports): Promise<Service> {
  const service = await describeService(move.place, ports);
  if (service !== undefined) return service;
  throw new UserError({
    code: "not-provisioned",
    subject: move.name,
    message: `There is no running service ${move.place.service} for ${move.name}.`,
    hint: "Run `freehold up`, which provisions it first.",
  });
}

/** Starts what is needed; answers the id of the deployment to wait for. */
export async function updateService(move: Move, change: PendingChange, ports: Ports): Promise<string> {
  const { cluster, service } = move.place;
  const ecs = await ports.aws.ecs();
  const isAsWanted = change === "wait" || change === "none";
  const updated = isAsWanted
    ? await describeService(move.place, ports)
    : (await ecs.updateService({ cluster, service, ...updateInput(move, change) })).service;
  return updated?.deployments?.find((one) => one.status === "PRIMARY")?.id ?? "";
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
function updateInput({ name, place, revision, count, connect }: Move, change: PendingChange) {
  if (change === "scale") return { desiredCount: count };
  return {
    taskDefinition: revision.arn,
    desiredCount: count,
    loadBalancers: loadBalancers(name, place, revision),
    ...(connect === undefined ? {} : { serviceConnectConfiguration: connectInput(connect) }),
    capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
    // ECS takes another capacity provider only with a new deployment, and a failed one is not tried again without.
    forceNewDeployment: true,
  };
}

/** Tasks keep the names that they start with: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html. */
function connectInput(connect: ConnectOutputs | null): ServiceConnectConfiguration {
  if (connect === null) return { enabled: false };
  const services = connect.services.map(({ clientAliases, ...service }) => ({
    ...service,
    clientAliases: [...clientAliases],
  }));
  return { enabled: true, namespace: connect.namespace, services };
}

/** The container's port is the revision's: another release may listen elsewhere. */
function loadBalancers(
  name: string,
  { targetGroup }: ServicePlace,
  revision: Revision,
): LoadBalancer[] | undefined {
  const port = portOf(name, revision);
  if (targetGroup === undefined || port === undefined) return undefined;
  return [{ targetGroupArn: targetGroup, containerName: name, containerPort: port }];
}

/** The port of a service's container. */
export function portOf(name: string, revision: Revision): number | undefined {
  return revision.containers.find((one) => one.name === name)?.port;
}
