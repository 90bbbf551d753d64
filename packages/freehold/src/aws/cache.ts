import type { Cache } from "../app/application.ts";
import { terraformName } from "../app/names.ts";
import { ref, resource } from "../terraform/block.ts";
import { type Expressed, template } from "../terraform/expression.ts";
import type { Facility } from "./facilities.ts";
import { nameOf, secretName } from "./names.ts";
import type { CacheOutputs } from "./outputs.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";
import { secret } from "./secret.ts";
import { closedGroup } from "./security-group.ts";

export interface CacheFacility extends Facility {
  readonly outputs: Expressed<CacheOutputs>;
}

const port = 6379;

/**
 * An ElastiCache replication group that speaks TLS alone, unless the file says otherwise. The provider has no write-only
 * argument for the token, so it never passes through Terraform: the engine fills the secret and sets it with
 * ModifyReplicationGroup. A token needs TLS (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html).
 */
export function cache(scope: EnvironmentScope, wanted: Cache): CacheFacility {
  const { name } = wanted;
  const group = closedGroup(scope, name);
  const token = wanted.tls ? tokenSecret(scope, name) : undefined;
  const subnets = subnetGroup(scope, name);
  const main = replicationGroup(scope, wanted, ref(subnets, "name"), group.id);
  const host = ref(main, "primary_endpoint_address");
  return {
    name,
    blocks: [...group.blocks, ...(token?.blocks ?? []), subnets, main],
    attributes: { host, port: port.toString(), address: template(host, `:${port}`) },
    statements: [],
    server: { group, port },
    outputs: { host, port, replication_group_id: ref(main, "id"), token_secret_arn: token?.arn ?? null },
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
    port,
    num_cache_clusters: replicas + 1,
    automatic_failover_enabled: replicas > 0,
    multi_az_enabled: replicas > 0,
    subnet_group_name: subnets,
    security_group_ids: [groupId],
    at_rest_encryption_enabled: "true",
    transit_encryption_enabled: tls,
    ...(tls ? { transit_encryption_mode: "required" } : {}),
    apply_immediately: true,
    tags: serviceTags(name),
  });
}
