import type {
  CreateClusterCommandInput,
  DeleteClusterCommandInput,
  DescribeClustersCommandInput,
  ListClustersCommandInput,
  PutClusterCapacityProvidersCommandInput,
  UpdateClusterCommandInput,
  UpdateClusterSettingsCommandInput,
} from "@aws-sdk/client-ecs";
import { type Operation, ServiceError } from "../../service.ts";
import { type Arns, lastPart } from "../arns.ts";
import { clientError, clusterNotFound, invalidParameter } from "../errors.ts";
import { pageOf } from "../paging.ts";
import type { EcsState, EcsStore } from "../state.ts";
import { knownProviders } from "./capacity-providers.ts";
import type { Cluster } from "./cluster.ts";
import { activeCluster, findCluster } from "./find.ts";
import { renderCluster } from "./render.ts";

const defaultSettings = [{ name: "containerInsights", value: "disabled" }] as const;
const everything = ["TAGS", "SETTINGS", "CONFIGURATIONS"] as const;

/** Clusters: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Cluster.html. */
export function clusterOperations(store: EcsStore, arns: Arns): Record<string, Operation> {
  const change = async (reference: string, changes: Partial<Cluster>) => {
    const cluster = { ...activeCluster(store.get(), reference), ...changes };
    const state = await store.update((before) => withCluster(before, cluster));
    return { cluster: renderCluster(state, cluster, everything) };
  };
  return {
    CreateCluster: (input: CreateClusterCommandInput) => create(store, arns, input),
    DescribeClusters: async (input: DescribeClustersCommandInput) => describe(store.get(), arns, input),
    ListClusters: async (input: ListClustersCommandInput) => {
      const active = Object.values(store.get().clusters).filter(({ status }) => status === "ACTIVE");
      const { items, nextToken } = pageOf(
        active.map(({ arn }) => arn),
        input,
      );
      return { clusterArns: items, nextToken };
    },
    DeleteCluster: (input: DeleteClusterCommandInput) => remove(store, input),
    UpdateCluster: (input: UpdateClusterCommandInput) =>
      change(input.cluster ?? "", {
        ...(input.settings && { settings: input.settings }),
        ...(input.configuration && { configuration: input.configuration }),
        ...(input.serviceConnectDefaults && { serviceConnectDefaults: input.serviceConnectDefaults }),
      }),
    UpdateClusterSettings: (input: UpdateClusterSettingsCommandInput) =>
      change(input.cluster ?? "", { settings: input.settings ?? [] }),
    PutClusterCapacityProviders: (input: PutClusterCapacityProvidersCommandInput) => {
      refuseUnknownProviders(input.capacityProviders);
      return change(input.cluster ?? "", {
        capacityProviders: input.capacityProviders ?? [],
        defaultStrategy: input.defaultCapacityProviderStrategy ?? [],
      });
    },
  };
}

/** Making a cluster again under its name answers the one that is there, as ECS does. */
async function create(store: EcsStore, arns: Arns, input: CreateClusterCommandInput) {
  const { clusterName: name = "default" } = input;
  if (!/^[\w-]{1,255}$/.test(name)) throw invalidParameter("Invalid cluster name.");
  refuseUnknownProviders(input.capacityProviders);
  const known = findCluster(store.get(), name);
  if (known?.status === "ACTIVE") return { cluster: renderCluster(store.get(), known, everything) };
  const cluster: Cluster = {
    arn: arns.cluster(name),
    name,
    status: "ACTIVE",
    settings: input.settings ?? defaultSettings,
    configuration: input.configuration,
    capacityProviders: input.capacityProviders ?? [],
    defaultStrategy: input.defaultCapacityProviderStrategy ?? [],
    serviceConnectDefaults: input.serviceConnectDefaults && {
      namespace: input.serviceConnectDefaults.namespace,
    },
  };
  const state = await store.update((before) => ({
    ...withCluster(before, cluster),
    tags: { ...before.tags, [cluster.arn]: input.tags ?? [] },
  }));
  return { cluster: renderCluster(state, cluster, everything) };
}

function describe(
  state: EcsState,
  arns: Arns,
  { clusters = ["default"], include }: DescribeClustersCommandInput,
) {
  const found = clusters.map((reference) => ({ reference, cluster: findCluster(state, reference) }));
  return {
    clusters: found.flatMap(({ cluster }) => (cluster ? [renderCluster(state, cluster, include)] : [])),
    failures: found.flatMap(({ reference, cluster }) =>
      cluster ? [] : [{ arn: arns.cluster(lastPart(reference)), reason: "MISSING" }],
    ),
  };
}

async function remove(store: EcsStore, { cluster: reference = "" }: DeleteClusterCommandInput) {
  const cluster = findCluster(store.get(), reference);
  if (cluster === undefined) throw clusterNotFound();
  refuseInhabited(store.get(), cluster);
  const gone: Cluster = { ...cluster, status: "INACTIVE" };
  const state = await store.update((before) => withCluster(before, gone));
  return { cluster: renderCluster(state, gone, everything) };
}

function refuseInhabited(state: EcsState, { arn }: Cluster): void {
  if (Object.values(state.services).some((one) => one.clusterArn === arn && one.status !== "INACTIVE")) {
    throw new ServiceError(
      "ClusterContainsServicesException",
      "The Cluster cannot be deleted while Services are active.",
    );
  }
  if (Object.values(state.tasks).some((one) => one.clusterArn === arn && one.lastStatus !== "STOPPED")) {
    throw new ServiceError(
      "ClusterContainsTasksException",
      "The Cluster cannot be deleted while Tasks are active.",
    );
  }
}

function refuseUnknownProviders(names: readonly string[] = []): void {
  const unknown = names.find((name) => !knownProviders.has(lastPart(name)));
  if (unknown !== undefined) throw clientError(`The specified capacity provider '${unknown}' was not found.`);
}

function withCluster(state: EcsState, cluster: Cluster): EcsState {
  return { ...state, clusters: { ...state.clusters, [cluster.arn]: cluster } };
}
