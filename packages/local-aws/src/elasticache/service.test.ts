import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type {
  CacheClusterMessage,
  CreateReplicationGroupResult,
  ReplicationGroupMessage,
} from "@aws-sdk/client-elasticache";
import { caller, doublePlatform } from "../../test/testing/double-platform.ts";
import { twoSubnets } from "../../test/testing/test-network.ts";
import type { OwnService } from "../service.ts";
import type { Caches } from "./caches.ts";
import { createElastiCache } from "./service.ts";

let said: string[];
let stores: Map<string, unknown>;
let cache: OwnService;

const caches: Caches = {
  start: async ({ id }) => void said.push(`start ${id}`),
  apply: async ({ id, auth }, { values }) =>
    void said.push(`apply ${id} ${auth.tokens.length} ${Object.keys(values)}`),
  stop: async ({ id }) => void said.push(`stop ${id}`),
  remove: async ({ id }) => void said.push(`remove ${id}`),
};
const request = {
  ReplicationGroupId: "shop",
  ReplicationGroupDescription: "shop",
  Engine: "valkey",
  EngineVersion: "8.0",
  CacheSubnetGroupName: "data",
  TransitEncryptionEnabled: true,
};
const open = async () =>
  createElastiCache(await doublePlatform({ aws: { ec2: twoSubnets() }, stores }), caches);
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
const describe = async () =>
  (await caller(cache)<ReplicationGroupMessage>("DescribeReplicationGroups")).ReplicationGroups ?? [];

beforeEach(async () => {
  said = [];
  stores = new Map();
  cache = await open();
  await caller(cache)("CreateCacheSubnetGroup", {
    CacheSubnetGroupName: "data",
    SubnetIds: ["subnet-1", "subnet-2"],
  });
});

test("a subnet that is not there is an invalid one", async () => {
  const group = { CacheSubnetGroupName: "other", CacheSubnetGroupDescription: "", SubnetIds: ["subnet-9"] };
  await assert.rejects(caller(cache)("CreateCacheSubnetGroup", group), { code: "InvalidSubnet" });
});

test("a group has endpoints once it answers, and a cluster for each member", async () => {
  const input = { ...request, NumCacheClusters: 2 };
  const made = await caller(cache)<CreateReplicationGroupResult>("CreateReplicationGroup", input);
  assert.deepEqual(
    [made.ReplicationGroup?.Status, made.ReplicationGroup?.NodeGroups],
    ["creating", undefined],
  );
  await settle();
  const [group] = await describe();
  assert.equal(group?.Status, "available");
  assert.deepEqual(group?.MemberClusters, ["shop-001", "shop-002"]);
  assert.deepEqual(
    group?.NodeGroups?.[0]?.NodeGroupMembers?.map((one) => one.CurrentRole),
    ["primary", "replica"],
  );
  const first = { CacheClusterId: "shop-001", ShowCacheNodeInfo: true };
  const { CacheClusters } = await caller(cache)<CacheClusterMessage>("DescribeCacheClusters", first);
  assert.equal(CacheClusters?.[0]?.EngineVersion, "8.0.1");
  assert.equal(CacheClusters?.[0]?.CacheParameterGroup?.CacheParameterGroupName, "default.valkey8");
});

test("no token is kept, and neither tokens nor our own password are answered", async () => {
  await caller(cache)("CreateReplicationGroup", { ...request, AuthToken: "a-token-of-sixteen" });
  await settle();
  assert.doesNotMatch(JSON.stringify([...stores]), /a-token-of-sixteen/);
  const [group] = await describe();
  assert.equal(group?.AuthTokenEnabled, true);
  assert.doesNotMatch(JSON.stringify(group), /operator|tokens/);
});

test("parameters reach the servers that use them; unknown ones are refused", async () => {
  const call = caller(cache);
  const CacheParameterGroupName = "own";
  await call("CreateCacheParameterGroup", {
    CacheParameterGroupName,
    CacheParameterGroupFamily: "valkey8",
    Description: "own",
  });
  await call("CreateReplicationGroup", { ...request, CacheParameterGroupName });
  await settle();
  const set = (ParameterName: string) =>
    call("ModifyCacheParameterGroup", {
      CacheParameterGroupName,
      ParameterNameValues: [{ ParameterName, ParameterValue: "Ex" }],
    });
  await set("notify-keyspace-events");
  await settle();
  assert.equal(said.at(-1), "apply shop 0 notify-keyspace-events");
  await assert.rejects(set("no-such-thing"), { code: "InvalidParameterValue" });
  await assert.rejects(call("DeleteCacheParameterGroup", { CacheParameterGroupName }), {
    code: "InvalidCacheParameterGroupState",
  });
});

test("groups come back after a restart, and go with their data when deleted", async () => {
  await caller(cache)("CreateReplicationGroup", request);
  await settle();
  await cache.stop?.();
  cache = await open();
  await cache.start?.();
  await settle();
  await assert.rejects(caller(cache)("DeleteCacheSubnetGroup", { CacheSubnetGroupName: "data" }), {
    code: "CacheSubnetGroupInUse",
  });
  await caller(cache)("DeleteReplicationGroup", { ReplicationGroupId: "shop" });
  await settle();
  assert.deepEqual(said, ["start shop", "stop shop", "start shop", "remove shop"]);
  assert.deepEqual(await describe(), []);
});

test("what cannot be run here is refused by name", async () => {
  const refusals: readonly [object, object][] = [
    [{ Engine: "memcached" }, { code: "InvalidParameterValue" }],
    [{ EngineVersion: "5.0" }, { code: "InvalidParameterCombination" }],
    [{ NumNodeGroups: 2 }, { status: 501 }],
    [{ AutomaticFailoverEnabled: true }, { code: "InvalidParameterCombination" }],
    [{ CacheSubnetGroupName: "none" }, { code: "CacheSubnetGroupNotFoundFault" }],
  ];
  for (const [change, error] of refusals) {
    await assert.rejects(
      caller(cache)("CreateReplicationGroup", { ...request, ...change }),
      error,
      JSON.stringify(change),
    );
  }
});
