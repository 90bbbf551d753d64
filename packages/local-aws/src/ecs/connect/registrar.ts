import type { ServiceDiscovery } from "@aws-sdk/client-servicediscovery";
import type { Platform } from "../../platform.ts";
import { lastPart } from "../arns.ts";
import { createPulse, type Pulse } from "../scheduler/pulse.ts";
import type { EcsState, EcsStore } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import { isServing } from "./endpoints.ts";

interface Registration {
  /** `srv-…`. */
  readonly service: string;
  /** The task's id. */
  readonly instance: string;
  readonly address: string;
}

type Discovery = Pick<ServiceDiscovery, "registerInstance" | "deregisterInstance" | "listInstances">;

/**
 * Keeps in Cloud Map the tasks of services that have a registry, as long as they run and are well
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html).
 */
export function createRegistrar(
  platform: Pick<Platform, "clock" | "log"> & { readonly aws: { readonly discovery: Discovery } },
  store: EcsStore,
): Pulse {
  let known: Map<string, Registration> | undefined;
  return createPulse(platform, async () => {
    const { discovery } = platform.aws;
    known ??= await registered(discovery, store.get());
    const wanted = new Map(registrationsOf(store.get()).map((one) => [keyOf(one), one]));
    for (const [key, { service, instance }] of [...known].filter(([each]) => !wanted.has(each))) {
      // A registry that is gone has nobody registered.
      await discovery.deregisterInstance({ ServiceId: service, InstanceId: instance }).catch(ignore);
      known.delete(key);
    }
    for (const [key, one] of [...wanted].filter(([each]) => known?.has(each) === false)) {
      const { service: ServiceId, instance: InstanceId, address } = one;
      const Attributes = { AWS_INSTANCE_IPV4: address };
      await discovery.registerInstance({ ServiceId, InstanceId, Attributes });
      known.set(key, one);
    }
  });
}

function keyOf({ service, instance }: Registration): string {
  return `${service}/${instance}`;
}

function ignore(): void {}

function registrationsOf(state: EcsState): readonly Registration[] {
  return Object.values(state.tasks)
    .filter(isServing)
    .flatMap((task) => placesOf(task));
}

function placesOf({ id: instance, registries = [], networkInterface: { address } }: Task) {
  return registries.flatMap((arn) =>
    address === undefined ? [] : [{ service: lastPart(arn), instance, address }],
  );
}

/** What a run that ended without warning has left there. */
async function registered(discovery: Discovery, state: EcsState): Promise<Map<string, Registration>> {
  const services = Object.values(state.services)
    .flatMap(({ serviceRegistries = [] }) => serviceRegistries)
    .map(({ registryArn = "" }) => lastPart(registryArn));
  const found = await Promise.all(
    [...new Set(services)].map(async (service) => {
      const asked = discovery.listInstances({ ServiceId: service });
      const { Instances = [] } = await asked.catch(() => ({ Instances: [] }));
      return Instances.map(({ Id = "" }): Registration => ({ service, instance: Id, address: "" }));
    }),
  );
  return new Map(found.flat().map((one) => [keyOf(one), one]));
}
