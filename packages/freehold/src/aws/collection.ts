import type { Application, Collection } from "../app/application.ts";
import type { Expressed } from "../terraform/expression.ts";
import type { Stack } from "../terraform/stack.ts";
import { artifactBucket } from "./artifact-bucket.ts";
import { cluster } from "./cluster.ts";
import type { CollectionFacts } from "./facts.ts";
import { loadBalancer } from "./load-balancer.ts";
import { network } from "./network.ts";
import type { CollectionOutputs } from "./outputs.ts";
import { repositories } from "./repositories.ts";
import { collectionScope } from "./scope.ts";
import { collectionStateKey } from "./state-keys.ts";

/** What a collection's environments share. Its one output `freehold` is a CollectionOutputs. */
export function collectionStack(
  application: Application,
  collection: Collection,
  facts: CollectionFacts,
): Stack {
  const scope = collectionScope(application, collection, facts);
  const net = network(scope);
  const tasks = cluster(scope);
  const balancer = loadBalancer(scope, net);
  const images = repositories(scope);
  const artifacts = artifactBucket(scope);
  const outputs: Expressed<CollectionOutputs> = {
    vpc_id: net.vpcId,
    public_subnet_ids: net.publicSubnetIds,
    private_subnet_ids: net.privateSubnetIds,
    data_subnet_ids: net.dataSubnetIds,
    zones: facts.zones,
    cluster_arn: tasks.arn,
    cluster_name: tasks.name,
    load_balancer_arn: balancer.arn,
    load_balancer_dns_name: balancer.dnsName,
    load_balancer_security_group_id: balancer.securityGroupId,
    listener_arn: balancer.listenerArn,
    vpc_origin_id: balancer.vpcOriginId,
    repositories: images.urls,
    artifact_bucket: artifacts.id,
  };
  return {
    blocks: [net, tasks, balancer, images, artifacts].flatMap((concern) => concern.blocks),
    outputs: { freehold: outputs },
    backend: {
      bucket: facts.stateBucket,
      key: collectionStateKey(application.name, collection.name),
      region: facts.region,
    },
    provider: { region: facts.region, account: facts.account, tags: scope.tags },
    imports: facts.imports,
  };
}
