import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type {
  CacheCluster,
  CacheClusterMessage,
  CreateCacheClusterResult,
} from "@aws-sdk/client-elasticache";
import { caller, doublePlatform } from "../../test/testing/double-platform.ts";
import { twoSubnets } from "../../test/testing/test-network.ts";
import type { OwnService } from "../service.ts";
import type { Caches } from "./caches.ts";
import type { Memcached } from "./memcached.ts";
import { createElastiCache } from "./service.ts";

let said: string[];
let stores: Map<string, unknown>;
let cache: OwnService;

const nothing = async (): Promise<void> => {};
const caches: Caches = { start: nothing, apply: nothing, stop: nothing, remove: nothing };
const memcached: Memcached = {
  start: async ({ id, engineVersion }, subnet) => void said.push(`start ${id} ${engineVersion} ${subnet}`),
  stop: async ({ id }) => void said.push(`stop ${id}`),
};
const request = {
  CacheClusterId: "Sessions",
  Engine: "memcached",
  EngineVersion: "1.6.22",
  NumCacheNodes: 1,
  CacheSubnetGroupName: "data",
  TransitEncryptionEnabled: true,
  Tags: [{ Key: "Service", Value: "sessions" }],
};
const open = async () =>
  createElastiCache(await doublePlatform({ aws: { ec2: twoSubnets() }, stores }), caches, memcached);
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

async function described(more: object = {}): Promise<readonly CacheCluster[]> {
  const input = { ShowCacheNodeInfo: true, ...more };
  return (await caller(cache)<CacheClusterMessage>("DescribeCacheClusters", input)).CacheClusters ?? [];
}

async function make(): Promise<CacheCluster | undefined> {
  const made = await caller(cache)<CreateCacheClusterResult>("CreateCacheCluster", request);
  await settle();
  return made.CacheCluster;
}

beforeEach(async () => {
  said = [];
  stores = new Map();
  cache = await open();
  await caller(cache)("CreateCacheSubnetGroup", {
    CacheSubnetGroupName: "data",
    CacheSubnetGroupDescription: "data",
    SubnetIds: ["subnet-1", "subnet-2"],
  });
});

test("a cluster of memcached has an endpoint once it answers", async () => {
  const made = await make();
  assert.equal(made?.CacheClusterStatus, "creating");
  assert.equal(made?.ConfigurationEndpoint, undefined);
  const [cluster] = await described({ CacheClusterId: "sessions" });
  assert.equal(cluster?.CacheClusterStatus, "available");
  assert.match(
    cluster?.ConfigurationEndpoint?.Address ?? "",
    /^sessions\.\w{6}\.cfg\.\w+\.cache\.amazonaws\.com$/,
  );
  assert.equal(cluster?.ConfigurationEndpoint?.Port, 11_211);
  assert.deepEqual([cluster?.TransitEncryptionEnabled, cluster?.AuthTokenEnabled], [true, false]);
  assert.equal(cluster?.CacheNodes?.length, 1);
  assert.deepEqual(said, ["start sessions 1.6.22 subnet-1"]);
});

test("another version is another server; a deleted one is gone, and its subnet group free", async () => {
  await make();
  await caller(cache)("ModifyCacheCluster", { CacheClusterId: "sessions", EngineVersion: "1.6.17" });
  await settle();
  await assert.rejects(caller(cache)("DeleteCacheSubnetGroup", { CacheSubnetGroupName: "data" }), {
    code: "CacheSubnetGroupInUse",
  });
  await caller(cache)("DeleteCacheCluster", { CacheClusterId: "sessions" });
  await settle();
  assert.deepEqual(await described(), []);
  await assert.rejects(described({ CacheClusterId: "sessions" }), { code: "CacheClusterNotFound" });
  await caller(cache)("DeleteCacheSubnetGroup", { CacheSubnetGroupName: "data" });
  assert.deepEqual(said.slice(1), ["start sessions 1.6.17 subnet-1", "stop sessions"]);
});

test("what ran at the last stop runs again", async () => {
  await make();
  await cache.stop?.();
  cache = await open();
  await cache.start?.();
  await settle();
  assert.deepEqual(said, [
    "start sessions 1.6.22 subnet-1",
    "stop sessions",
    "start sessions 1.6.22 subnet-1",
  ]);
  assert.equal((await described()).length, 1);
});

test("what is not there is said", async () => {
  const create = (change: object) => caller(cache)("CreateCacheCluster", { ...request, ...change });
  await assert.rejects(create({ Engine: "redis" }), { code: "NotImplemented" });
  await assert.rejects(create({ NumCacheNodes: 2 }), { code: "NotImplemented" });
  await assert.rejects(create({ EngineVersion: "2.0" }), { code: "InvalidParameterCombination" });
  await make();
  await assert.rejects(create({}), { code: "CacheClusterAlreadyExists" });
});
