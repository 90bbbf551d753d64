import type {
  CreateReplicationGroupMessage,
  DeleteReplicationGroupMessage,
  DescribeCacheClustersMessage,
  DescribeReplicationGroupsMessage,
  ModifyReplicationGroupMessage,
  ReplicationGroup as SdkGroup,
} from "@aws-sdk/client-elasticache";
import { alreadyExists, notFound, notOffered } from "../database-services/errors.ts";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { describeMemcached } from "./clusters.ts";
import { describeClusters, describeGroup } from "./describe.ts";
import { engineVersions } from "./engine.ts";
import { modified, newReplicationGroup } from "./group-input.ts";
import { arnOf } from "./names.ts";
import { groupOf } from "./parameter-groups.ts";
import { bringUp, type Room, removeGroup, updateGroup } from "./room.ts";
import type { CacheState, ReplicationGroup } from "./state.ts";

type Named = { readonly ReplicationGroupId: string };
interface Answer {
  readonly ReplicationGroup: SdkGroup;
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html */
export function replicationGroupOperations(room: Room): Readonly<Record<string, Operation>> {
  return {
    CreateReplicationGroup: (input: CreateReplicationGroupMessage, call) => create(room, input, call),
    DescribeReplicationGroups: async (input: DescribeReplicationGroupsMessage, call) => ({
      ReplicationGroups: found(room.store.get(), input.ReplicationGroupId, call).map(describeGroup),
    }),
    ModifyReplicationGroup: (input: ModifyReplicationGroupMessage & Named, call) => modify(room, input, call),
    DeleteReplicationGroup: (input: DeleteReplicationGroupMessage & Named, call) => remove(room, input, call),
    DescribeCacheClusters: async (input: DescribeCacheClustersMessage, call) => ({
      CacheClusters: clusters(room.store.get(), input, call),
    }),
    DescribeCacheEngineVersions: async (input: { Engine?: string; EngineVersion?: string }) => ({
      CacheEngineVersions: engineVersions
        .filter((one) => (input.Engine ?? one.engine) === one.engine)
        .filter((one) => (input.EngineVersion ?? one.version) === one.version)
        .map((one) => ({
          Engine: one.engine,
          EngineVersion: one.version,
          CacheParameterGroupFamily: one.family,
          CacheEngineDescription: one.engine === "valkey" ? "Valkey" : "Redis",
          CacheEngineVersionDescription: `${one.engine} version ${one.full}`,
        })),
    }),
  };
}

async function create(room: Room, input: CreateReplicationGroupMessage, call: Call): Promise<Answer> {
  if (input.CacheSubnetGroupName === undefined) await room.subnetGroups.ensureDefault(call);
  const group = newReplicationGroup(room.store.get(), input, call, room.clock.now().toISOString());
  await room.store.update((state) => {
    if (state.groups[group.arn] !== undefined) {
      throw alreadyExists("ReplicationGroupAlreadyExists", "Replication group", group.id);
    }
    return { ...state, groups: { ...state.groups, [group.arn]: group } };
  });
  void room.work.enqueue(group.arn, (current) => bringUp(room, current));
  return { ReplicationGroup: describeGroup(group) };
}

async function modify(room: Room, input: ModifyReplicationGroupMessage & Named, call: Call): Promise<Answer> {
  const group = groupNamed(room.store.get(), input.ReplicationGroupId, call);
  if (group.status !== "available")
    throw invalidState(`Replication group must be in available state to modify.`);
  const next = modified(room.store.get(), group, input, call, room.clock.now().toISOString());
  await updateGroup(room, group.arn, next);
  void room.work.enqueue(group.arn, async (current) => {
    if (current.engineVersion.split(".")[0] !== group.engineVersion.split(".")[0])
      return bringUp(room, current);
    await room.caches.apply(current, groupOf(room.store.get(), current.parameterGroup));
    await updateGroup(room, current.arn, { status: "available" });
  });
  return { ReplicationGroup: describeGroup(next) };
}

async function remove(room: Room, input: DeleteReplicationGroupMessage & Named, call: Call): Promise<Answer> {
  const group = groupNamed(room.store.get(), input.ReplicationGroupId, call);
  if (group.status === "deleting") throw invalidState(`Replication group ${group.id} has status deleting.`);
  if (input.FinalSnapshotIdentifier !== undefined) throw notOffered("FinalSnapshotIdentifier");
  if (input.RetainPrimaryCluster === true) throw notOffered("RetainPrimaryCluster");
  await updateGroup(room, group.arn, { status: "deleting" });
  void room.work.enqueue(group.arn, (current) => removeGroup(room, current));
  return { ReplicationGroup: describeGroup({ ...group, status: "deleting" }) };
}

function invalidState(message: string): ServiceError {
  return new ServiceError("InvalidReplicationGroupState", message);
}

function found(state: CacheState, id: string | undefined, call: Call): readonly ReplicationGroup[] {
  if (id !== undefined) return [groupNamed(state, id, call)];
  const prefix = arnOf(call, "replicationgroup", "");
  return Object.values(state.groups).filter((group) => group.arn.startsWith(prefix));
}

/** @throws ServiceError ReplicationGroupNotFoundFault */
function groupNamed(state: CacheState, id: string, call: Call): ReplicationGroup {
  const group = state.groups[arnOf(call, "replicationgroup", id.toLowerCase())];
  if (group === undefined) throw notFound("ReplicationGroupNotFoundFault", "ReplicationGroup", id);
  return group;
}

/** Members of groups, and memcached's clusters, which are part of none. */
function clusters(state: CacheState, input: DescribeCacheClustersMessage, call: Call) {
  const all = found(state, undefined, call).flatMap((group) =>
    describeClusters(group, input.ShowCacheNodeInfo ?? false),
  );
  const prefix = arnOf(call, "cluster", "");
  const alone = Object.values(state.clusters)
    .filter(({ arn }) => arn.startsWith(prefix))
    .map((one) => describeMemcached(one, input.ShowCacheNodeInfo ?? false));
  if (input.ShowCacheClustersNotInReplicationGroups === true) return alone;
  const id = input.CacheClusterId;
  if (id === undefined) return [...all, ...alone];
  const cluster = [...all, ...alone].filter((one) => one.CacheClusterId === id.toLowerCase());
  if (cluster.length === 0) throw notFound("CacheClusterNotFound", "CacheCluster", id);
  return cluster;
}
