import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cache, Environment, Queue } from "../app/application.ts";
import { look, rootOf } from "./testing/look.ts";
import { shopEnvironment, shopEnvironmentStack } from "./testing/shop.ts";
import { preview, production, withResource } from "./testing/vary.ts";

test("a cache speaks TLS, and Terraform knows nothing of its token", () => {
  const group = look(shopEnvironmentStack(), "aws_elasticache_replication_group.cache");
  assert.equal(group.transit_encryption_enabled, true);
  assert.equal(group.transit_encryption_mode, "required");
  assert.ok(!("auth_token" in group));
  assert.equal(
    rootOf(shopEnvironmentStack()).output.freehold.value.caches.cache.token_secret_arn,
    "${aws_secretsmanager_secret.token_cache.arn}",
  );
});

test("a cache without TLS has no token", () => {
  const stack = shopEnvironmentStack(withResource<Cache>("cache", { tls: false }));
  const group = look(stack, "aws_elasticache_replication_group.cache");
  assert.equal(group.transit_encryption_enabled, false);
  assert.ok(!("transit_encryption_mode" in group));
  const root = rootOf(stack);
  assert.equal(root.output.freehold.value.caches.cache.token_secret_arn, null);
  assert.equal(root.resource["aws_secretsmanager_secret"]?.["token_cache"], undefined);
});

test("memcached is one node with no token, and speaks TLS when asked", () => {
  const made = (change: Partial<Cache>) => {
    const memcached = { engine: "memcached", version: "1.6.22", tls: false, ...change } as const;
    return shopEnvironmentStack(withResource<Cache>("cache", memcached));
  };
  const node = look(made({}), "aws_elasticache_cluster.cache");
  assert.deepEqual([node.engine, node.engine_version, node.num_cache_nodes], ["memcached", "1.6.22", 1]);
  assert.ok(!("transit_encryption_enabled" in node));
  assert.equal(look(made({ tls: true }), "aws_elasticache_cluster.cache").transit_encryption_enabled, true);
  const { caches } = rootOf(made({})).output.freehold.value;
  assert.deepEqual([caches.cache.token_secret_arn, caches.cache.replication_group_id], [null, null]);
});

test("replicas turn failover on", () => {
  const group = (replicas: number) =>
    look(
      shopEnvironmentStack(withResource<Cache>("cache", { replicas })),
      "aws_elasticache_replication_group.cache",
    );
  assert.deepEqual([group(0).num_cache_clusters, group(0).automatic_failover_enabled], [1, false]);
  assert.deepEqual([group(2).num_cache_clusters, group(2).automatic_failover_enabled], [3, true]);
});

test("a queue hands to another what was received too often, FIFO to FIFO", () => {
  const stack = shopEnvironmentStack(withResource<Queue>("orders", { fifo: true, maxReceives: 3 }));
  const queues = Object.values(rootOf(stack).resource["aws_sqs_queue"] ?? {});
  const orders = look(stack, "aws_sqs_queue.orders");
  assert.match(orders.name, /\.fifo$/);
  assert.match(
    orders.redrive_policy,
    /aws_sqs_queue\.orders_dead_letter_[a-z]{6}\.arn, "maxReceiveCount" = 3/,
  );
  assert.equal(queues.filter((queue) => queue.fifo_queue === true).length, 2);
  assert.ok(queues.every((queue) => queue.sqs_managed_sse_enabled === true));
});

test("a bucket of the application is encrypted with AWS's key for S3; a site's is not, for CloudFront could not read it", () => {
  const algorithm = (name: string) =>
    look(shopEnvironmentStack(), `aws_s3_bucket_server_side_encryption_configuration.${name}`).rule[0]
      .apply_server_side_encryption_by_default.sse_algorithm;
  assert.equal(algorithm("uploads"), "aws:kms");
  assert.equal(algorithm("web"), "AES256");
});

test("secrets are empty, and a preview's name is free at once", () => {
  const days = (environment = shopEnvironment) =>
    look(shopEnvironmentStack(environment), "aws_secretsmanager_secret.environment").recovery_window_in_days;
  assert.deepEqual([days(), days(preview)], [7, 0]);
  const versions = rootOf(shopEnvironmentStack()).resource["aws_secretsmanager_secret_version"] ?? {};
  assert.deepEqual(Object.keys(versions), ["db"]);
});

test("what containers wrote is kept by kind of environment", () => {
  const days = (environment = shopEnvironment) =>
    look(shopEnvironmentStack(environment), "aws_cloudwatch_log_group.api").retention_in_days;
  assert.deepEqual([days(), days(preview)], [30, 7]);
});

test("a cache of production keeps the last day's snapshot, where its nodes can", () => {
  const kept = (environment: Environment) =>
    look(shopEnvironmentStack(environment), "aws_elasticache_replication_group.cache")
      .snapshot_retention_limit;
  assert.equal(kept(production), 1);
  assert.equal(kept(shopEnvironment), undefined);
  assert.equal(kept(withResource<Cache>("cache", { size: "cache.t1.micro" }, production)), undefined);
});
