import type {
  CreateCacheClusterMessage,
  ModifyCacheClusterMessage,
  CacheCluster as SdkCluster,
} from "@aws-sdk/client-elasticache";
import {
  alreadyExists,
  invalidCombination,
  invalidValue,
  notFound,
  notOffered,
} from "../database-services/errors.ts";
import { withChange, withoutThing, withThing } from "../database-services/shelf.ts";
import type { SubnetGroups } from "../database-services/subnet-groups.ts";
import { tagRecord } from "../database-services/tags.ts";
import { createWork, type Work } from "../database-services/work.ts";
import type { Clock, Log, Store } from "../platform.ts";
import { type Call, type Operation, ServiceError } from "../service.ts";
import type { Memcached } from "./memcached.ts";
import { arnOf, clusterAddresses } from "./names.ts";
import type { CacheCluster, CacheState } from "./state.ts";
import { subnetGroupNamed } from "./subnet-groups.ts";

type Named = { readonly CacheClusterId: string };

/** What memcached's clusters work on. */
export interface ClusterRoom {
  readonly store: Store<CacheState>;
  readonly memcached: Memcached;
  readonly subnetGroups: SubnetGroups;
  readonly clock: Clock;
  readonly work: Work<CacheCluster>;
}

type Stands = Omit<ClusterRoom, "work"> & { readonly log: Log };

/** Newest last (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions-mc.html). */
const versions = ["1.5.16", "1.6.6", "1.6.12", "1.6.17", "1.6.22"];

/** When work on a cluster fails, the cluster says so, and the log why. */
export function openClusters({ log, ...stands }: Stands): ClusterRoom {
  const { store } = stands;
  const failed = async ({ arn, id }: CacheCluster, error: unknown): Promise<void> => {
    log.warn(`cache cluster ${id} failed`, { error });
    await store.update((state) => withChange(state, "clusters", arn, { status: "create-failed" }));
  };
  return { ...stands, work: createWork((arn) => store.get().clusters[arn], failed) };
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html */
export function clusterOperations(room: ClusterRoom): Readonly<Record<string, Operation>> {
  return {
    CreateCacheCluster: (input: CreateCacheClusterMessage, call) => create(room, input, call),
    ModifyCacheCluster: (input: ModifyCacheClusterMessage & Named, call) => modify(room, input, call),
    DeleteCacheCluster: (input: Named, call) => remove(room, input, call),
  };
}

async function create(room: ClusterRoom, input: CreateCacheClusterMessage, call: Call) {
  if (input.Engine !== "memcached")
    throw notOffered(`a cluster of ${input.Engine} outside a replication group`);
  if ((input.NumCacheNodes ?? 1) !== 1) throw notOffered("more than one node");
  if (input.CacheSubnetGroupName === undefined) await room.subnetGroups.ensureDefault(call);
  const cluster = newCluster(room.store.get(), input, call, room.clock.now().toISOString());
  await room.store.update((state) => withThing(state, "clusters", cluster));
  void room.work.enqueue(cluster.arn, (current) => bringUp(room, current));
  return { CacheCluster: describeMemcached(cluster, false) };
}

function newCluster(
  state: CacheState,
  input: CreateCacheClusterMessage,
  call: Call,
  createdAt: string,
): CacheCluster {
  const id = (input.CacheClusterId ?? "").toLowerCase();
  if (!/^[a-z](-?[a-z0-9])*$/.test(id) || id.length > 50)
    throw invalidValue(`The parameter CacheClusterIdentifier is not a valid identifier: ${id}`);
  const arn = arnOf(call, "cluster", id);
  if (state.clusters[arn] !== undefined)
    throw alreadyExists("CacheClusterAlreadyExists", "Cache cluster", id);
  const engineVersion = input.EngineVersion ?? versions.at(-1) ?? "";
  if (!versions.includes(engineVersion))
    throw invalidCombination(`Cannot find version ${engineVersion} for memcached`);
  const subnetGroup = subnetGroupNamed(state, input.CacheSubnetGroupName ?? "default", call);
  return {
    arn,
    id,
    status: "creating",
    createdAt,
    engineVersion,
    port: input.Port ?? 11_211,
    tls: input.TransitEncryptionEnabled ?? false,
    subnetGroup: subnetGroup.arn,
    securityGroups: input.SecurityGroupIds ?? [],
    zone: input.PreferredAvailabilityZone ?? subnetGroup.subnets[0]?.zone,
    nodeType: input.CacheNodeType ?? "cache.t4g.micro",
    autoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? true,
    maintenanceWindow: input.PreferredMaintenanceWindow ?? "sun:05:00-sun:06:00",
    tags: tagRecord(input.Tags),
  };
}

/** What it holds is lost with a new version, on AWS as well. */
async function modify(room: ClusterRoom, input: ModifyCacheClusterMessage & Named, call: Call) {
  const cluster = clusterNamed(room.store.get(), input.CacheClusterId, call);
  if ((input.NumCacheNodes ?? 1) !== 1) throw notOffered("more than one node");
  const { EngineVersion: engineVersion = cluster.engineVersion } = input;
  if (!versions.includes(engineVersion))
    throw invalidCombination(`Cannot find version ${engineVersion} for memcached`);
  const change = {
    engineVersion,
    nodeType: input.CacheNodeType ?? cluster.nodeType,
    securityGroups: input.SecurityGroupIds ?? cluster.securityGroups,
    autoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? cluster.autoMinorVersionUpgrade,
    maintenanceWindow: input.PreferredMaintenanceWindow ?? cluster.maintenanceWindow,
  };
  await room.store.update((state) => withChange(state, "clusters", cluster.arn, change));
  if (engineVersion !== cluster.engineVersion)
    void room.work.enqueue(cluster.arn, (current) => bringUp(room, current));
  return { CacheCluster: describeMemcached({ ...cluster, ...change }, false) };
}

async function remove(room: ClusterRoom, { CacheClusterId }: Named, call: Call) {
  const { arn, id, status } = clusterNamed(room.store.get(), CacheClusterId, call);
  if (status === "deleting")
    throw new ServiceError("InvalidCacheClusterState", `Cache cluster ${id} is deleting.`);
  await room.store.update((state) => withChange(state, "clusters", arn, { status: "deleting" }));
  void room.work.enqueue(arn, (current) => takeDown(room, current));
  const gone = clusterNamed(room.store.get(), CacheClusterId, call);
  return { CacheCluster: describeMemcached(gone, false) };
}

async function bringUp(room: ClusterRoom, cluster: CacheCluster): Promise<void> {
  const [subnet] = room.store.get().subnetGroups[cluster.subnetGroup]?.subnets ?? [];
  await room.memcached.start(cluster, subnet?.id ?? "");
  await room.store.update((state) => withChange(state, "clusters", cluster.arn, { status: "available" }));
}

async function takeDown(room: ClusterRoom, cluster: CacheCluster): Promise<void> {
  await room.memcached.stop(cluster);
  await room.store.update((state) => withoutThing(state, "clusters", cluster.arn));
}

/** What ran at the last stop runs again, empty; what was being deleted goes. */
export function resumeClusters(room: ClusterRoom): void {
  for (const { arn } of Object.values(room.store.get().clusters)) {
    void room.work.enqueue(arn, async (cluster) => {
      if (cluster.status === "create-failed") return;
      await (cluster.status === "deleting" ? takeDown(room, cluster) : bringUp(room, cluster));
    });
  }
}

export async function restClusters(room: ClusterRoom): Promise<void> {
  await Promise.all(
    Object.values(room.store.get().clusters).map(async (cluster) => {
      await room.work.settled(cluster.arn);
      await room.memcached.stop(cluster);
    }),
  );
}

function clusterNamed(state: CacheState, id: string, call: Call): CacheCluster {
  const cluster = state.clusters[arnOf(call, "cluster", id.toLowerCase())];
  if (cluster === undefined) throw notFound("CacheClusterNotFound", "CacheCluster", id);
  return cluster;
}

/** A cluster as ElastiCache answers it; it has an endpoint once it was first seen to answer. */
export function describeMemcached(cluster: CacheCluster, withNodes: boolean): SdkCluster {
  const { configuration, node } = clusterAddresses(cluster);
  const { id, arn, status, port, zone, engineVersion, tls } = cluster;
  const createdAt = new Date(cluster.createdAt);
  const nodes = [
    {
      CacheNodeId: "0001",
      CacheNodeStatus: status,
      CacheNodeCreateTime: createdAt,
      Endpoint: { Address: node, Port: port },
      ParameterGroupStatus: "in-sync",
      CustomerAvailabilityZone: zone,
    },
  ];
  return {
    CacheClusterId: id,
    ARN: arn,
    CacheClusterStatus: status,
    CacheClusterCreateTime: createdAt,
    ConfigurationEndpoint: status === "creating" ? undefined : { Address: configuration, Port: port },
    CacheNodeType: cluster.nodeType,
    Engine: "memcached",
    EngineVersion: engineVersion,
    NumCacheNodes: 1,
    PreferredAvailabilityZone: zone,
    PreferredMaintenanceWindow: cluster.maintenanceWindow,
    PendingModifiedValues: {},
    CacheSecurityGroups: [],
    CacheParameterGroup: {
      CacheParameterGroupName: `default.memcached${engineVersion.split(".").slice(0, 2).join(".")}`,
      ParameterApplyStatus: "in-sync",
      CacheNodeIdsToReboot: [],
    },
    CacheSubnetGroupName: cluster.subnetGroup.split(":subnetgroup:")[1],
    CacheNodes: withNodes && status !== "creating" ? nodes : undefined,
    SecurityGroups: cluster.securityGroups.map((SecurityGroupId) => ({ SecurityGroupId, Status: "active" })),
    AutoMinorVersionUpgrade: cluster.autoMinorVersionUpgrade,
    TransitEncryptionEnabled: tls,
    AtRestEncryptionEnabled: false,
    AuthTokenEnabled: false,
    NetworkType: "ipv4",
    IpDiscovery: "ipv4",
  };
}
