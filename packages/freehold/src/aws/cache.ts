import type { Cache } from "../app/application.ts";
import { terraformName } from "../app/names.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import { type Expressed, type Ref, template } from "../terraform/expression.ts";
import type { Facility } from "./facilities.ts";
import { nameOf, secretName } from "./names.ts";
import type { CacheOutputs } from "./outputs.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";
import { secret } from "./secret.ts";
import { closedGroup, type SecurityGroup } from "./security-group.ts";

export interface CacheFacility extends Facility {
  readonly outputs: Expressed<CacheOutputs>;
}

/** A cache of the application; the security group lets in who uses it. */
export function cache(scope: EnvironmentScope, wanted: Cache): CacheFacility {
  return wanted.engine === "memcached" ? memcached(scope, wanted) : replicated(scope, wanted);
}

/**
 * An ElastiCache replication group that speaks TLS alone, unless the file says otherwise. The provider has no write-only
 * argument for the token, so it never passes through Terraform: the engine fills the secret and sets it with
 * ModifyReplicationGroup. A token needs TLS (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html).
 */
function replicated(scope: EnvironmentScope, wanted: Cache): CacheFacility {
  const { name } = wanted;
  const group = closedGroup(scope, name);
  const token = wanted.tls ? tokenSecret(scope, name) : undefined;
  const subnets = subnetGroup(scope, name);
  const main = replicationGroup(scope, wanted, ref(subnets, "name"), group.id);
  return listening(name, {
    blocks: [...group.blocks, ...(token?.blocks ?? []), subnets, main],
    host: ref(main, "primary_endpoint_address"),
    server: { group, port: 6379 },
    outputs: { replication_group_id: ref(main, "id"), token_secret_arn: token?.arn ?? null },
  });
}

/** One node, which knows no token; what it holds is gone with it. */
function memcached(scope: EnvironmentScope, wanted: Cache): CacheFacility {
  const { name, version, size, tls } = wanted;
  const group = closedGroup(scope, name);
  const subnets = subnetGroup(scope, name);
  const port = 11_211;
  const main = resource("aws_elasticache_cluster", terraformName(name), {
    cluster_id: nameOf("cache", within(scope, name)),
    engine: "memcached",
    engine_version: version,
    node_type: size,
    num_cache_nodes: 1,
    port,
    subnet_group_name: ref(subnets, "name"),
    security_group_ids: [group.id],
    ...(tls ? { transit_encryption_enabled: true } : {}),
    apply_immediately: true,
    tags: serviceTags(name),
  });
  return listening(name, {
    blocks: [...group.blocks, subnets, main],
    host: ref(main, "cluster_address"),
    server: { group, port },
    outputs: { replication_group_id: null, token_secret_arn: null },
  });
}

interface Listening {
  readonly blocks: readonly Block[];
  readonly host: Ref;
  readonly server: { readonly group: SecurityGroup; readonly port: number };
  readonly outputs: Expressed<Pick<CacheOutputs, "replication_group_id" | "token_secret_arn">>;
}

function listening(name: string, { blocks, host, server, outputs }: Listening): CacheFacility {
  const { port } = server;
  return {
    name,
    blocks,
    attributes: { host, port: port.toString(), address: template(host, `:${port}`) },
    statements: [],
    server,
    outputs: { host, port, ...outputs },
  };
}

function tokenSecret(scope: EnvironmentScope, name: string) {
  return secret(scope, {
    name: `token_${terraformName(name)}`,
    secret: secretName(within(scope, name), "token"),
    description: `Token of the cache ${name}`,
    tags: serviceTags(name),
  });
}

function subnetGroup(scope: EnvironmentScope, name: string) {
  return resource("aws_elasticache_subnet_group", terraformName(name), {
    name: nameOf("subnetGroup", within(scope, name)),
    subnet_ids: scope.facts.collection.data_subnet_ids,
    tags: serviceTags(name),
  });
}

function replicationGroup(
  scope: EnvironmentScope,
  { name, engine, version, size, replicas, tls }: Cache,
  subnets: Expressed<string>,
  groupId: Expressed<string>,
) {
  return resource("aws_elasticache_replication_group", terraformName(name), {
    replication_group_id: nameOf("cache", within(scope, name)),
    description: `${name} of ${scope.environment.name}`,
    engine,
    engine_version: version,
    node_type: size,
    port: 6379,
    num_cache_clusters: replicas + 1,
    automatic_failover_enabled: replicas > 0,
    multi_az_enabled: replicas > 0,
    subnet_group_name: subnets,
    security_group_ids: [groupId],
    at_rest_encryption_enabled: "true",
    transit_encryption_enabled: tls,
    ...(tls ? { transit_encryption_mode: "required" } : {}),
    ...snapshots(scope, size),
    apply_immediately: true,
    tags: serviceTags(name),
  });
}

/**
 * In production the last day's snapshot, one of which is free of charge for each group (https://aws.amazon.com/elasticache/pricing).
 * Nodes of the first generation have none: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups.html
 */
function snapshots({ environment }: EnvironmentScope, size: string) {
  const hasSnapshots = environment.kind === "production" && !size.startsWith("cache.t1.");
  return hasSnapshots ? { snapshot_retention_limit: 1 } : {};
}
