import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ReplicationGroup, ReplicationGroupMessage } from "@aws-sdk/client-elasticache";
import { createElastiCache } from "../src/elasticache/service.ts";
import type { OwnService } from "../src/service.ts";
import { caller } from "./testing/double-platform.ts";
import { eventually, openTestNetwork, type TestNetwork } from "./testing/test-network.ts";

const image = "valkey/valkey:8";
const first = "first-token-of-the-shop";
const second = "second-token-of-the-shop";
let network: TestNetwork;
let cache: OwnService;

before(async () => {
  network = await openTestNetwork();
  cache = await createElastiCache(network.platform);
  await caller(cache)("CreateCacheSubnetGroup", {
    CacheSubnetGroupName: "data",
    CacheSubnetGroupDescription: "data",
    SubnetIds: ["subnet-1", "subnet-2"],
  });
});
after(async () => {
  await cache?.stop?.();
  await network?.close();
});

async function available(): Promise<ReplicationGroup> {
  const describe = async () =>
    (
      await caller(cache)<ReplicationGroupMessage>("DescribeReplicationGroups", {
        ReplicationGroupId: "shop",
      })
    ).ReplicationGroups?.[0];
  const group = await eventually(describe, (one) =>
    ["available", "create-failed"].includes(one?.Status ?? ""),
  );
  assert.equal(group?.Status, "available");
  return group;
}

/** One command through TLS; the server's certificate is verified against the authority. */
async function ask(
  group: ReplicationGroup,
  token: string | undefined,
  ...words: readonly string[]
): Promise<string> {
  const { Address = "", Port } = group.NodeGroups?.[0]?.PrimaryEndpoint ?? {};
  const tls = ["--tls", "--cacert", "/ca.pem", "--sni", Address];
  const argv = ["valkey-cli", "-h", Address, "-p", String(Port), ...tls, ...words];
  return (await network.client(image, argv, token === undefined ? {} : { REDISCLI_AUTH: token })).trim();
}

const modify = async (AuthToken: string, AuthTokenUpdateStrategy: string): Promise<ReplicationGroup> => {
  await caller(cache)("ModifyReplicationGroup", {
    ReplicationGroupId: "shop",
    AuthToken,
    AuthTokenUpdateStrategy,
    ApplyImmediately: true,
  });
  return available();
};

test("a cache answers through TLS; its token comes by ROTATE and SET, and its data stay over a restart", async () => {
  await caller(cache)("CreateReplicationGroup", {
    ReplicationGroupId: "shop",
    ReplicationGroupDescription: "the shop's",
    Engine: "valkey",
    EngineVersion: "8.0",
    CacheNodeType: "cache.t4g.micro",
    NumCacheClusters: 2,
    TransitEncryptionEnabled: true,
    CacheSubnetGroupName: "data",
  });
  const group = await available();
  assert.match(
    group.NodeGroups?.[0]?.PrimaryEndpoint?.Address ?? "",
    /^master\.shop\.[a-z0-9]{6}\.euc1\.cache\.amazonaws\.com$/,
  );
  assert.equal(group.AuthTokenEnabled, false);
  assert.equal(await ask(group, undefined, "SET", "visits", "41"), "OK");
  assert.match(await ask(group, undefined, "CONFIG", "GET", "requirepass"), /NOPERM/);

  await assert.rejects(modify(first, "SET"), { code: "InvalidParameterCombination" });
  await modify(first, "ROTATE");
  assert.equal(await ask(group, undefined, "GET", "visits"), "41");
  assert.equal((await modify(first, "SET")).AuthTokenEnabled, true);
  assert.match(await ask(group, undefined, "GET", "visits"), /NOAUTH/);
  assert.equal(await ask(group, first, "INCR", "visits"), "42");

  await modify(second, "ROTATE");
  assert.equal(await ask(group, first, "GET", "visits"), "42");
  assert.equal(await ask(group, second, "GET", "visits"), "42");
  await modify(second, "SET");
  assert.match(await ask(group, first, "GET", "visits"), /WRONGPASS|NOAUTH/);

  await cache.stop?.();
  await cache.start?.();
  const reader = { NodeGroups: [{ PrimaryEndpoint: group.NodeGroups?.[0]?.ReaderEndpoint }] };
  const answer = await eventually(
    () => ask(reader, second, "GET", "visits").catch(String),
    (text) => text === "42",
  );
  assert.equal(answer, "42");
});
