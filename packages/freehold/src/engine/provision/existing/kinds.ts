import type { ResourceTypes } from "../../../terraform/resources.gen.ts";
import * as access from "./access.ts";
import * as containers from "./containers.ts";
import * as databases from "./databases.ts";
import * as discovery from "./discovery.ts";
import * as edge from "./edge.ts";
import * as files from "./file-systems.ts";
import * as balancing from "./load-balancing.ts";
import * as messages from "./messages.ts";
import * as network from "./network.ts";
import * as groups from "./security-groups.ts";
import type { Find } from "./sought.ts";
import * as stores from "./stores.ts";

/** What becomes of a thing that an apply made and did not write into its state, when it is to be made again. */
export type Kind =
  /** A second one is refused, or would stand beside the first: it is looked for, and taken over. */
  | { readonly kind: "sought"; readonly find: Find }
  /** It is a setting of something else, or one more version of it: making it again is writing it again. */
  | { readonly kind: "rewritten"; readonly by: string };

const sought = (find: Find): Kind => ({ kind: "sought", find });
const rewritten = (by: string): Kind => ({ kind: "rewritten", by });

/** Every type of resource that a stack may hold; `by` is the call that writes it anew. */
export const kinds: Readonly<Record<keyof ResourceTypes, Kind>> = {
  aws_cloudfront_distribution: sought(edge.distribution),
  aws_cloudfront_function: sought(edge.edgeFunction),
  aws_cloudfront_key_value_store: sought(edge.keyValueStore),
  aws_cloudfront_origin_access_control: sought(edge.originAccessControl),
  aws_cloudfront_vpc_origin: sought(edge.vpcOrigin),
  aws_cloudwatch_log_group: sought(stores.logGroup),
  aws_db_instance: sought(databases.databaseInstance),
  aws_db_parameter_group: sought(databases.databaseParameterGroup),
  aws_db_subnet_group: sought(databases.databaseSubnetGroup),
  aws_default_security_group: rewritten("takes over the network's own group"),
  aws_dynamodb_table: sought(stores.table),
  aws_ecr_lifecycle_policy: rewritten("PutLifecyclePolicy"),
  aws_ecr_repository: sought(containers.repository),
  aws_ecs_cluster: sought(containers.cluster),
  aws_ecs_cluster_capacity_providers: rewritten("PutClusterCapacityProviders"),
  aws_ecs_service: sought(containers.service),
  aws_ecs_task_definition: rewritten("RegisterTaskDefinition: one revision more, which costs nothing"),
  aws_efs_access_point: sought(files.accessPoint),
  aws_efs_backup_policy: rewritten("PutBackupPolicy"),
  aws_efs_file_system: sought(files.fileSystem),
  aws_efs_file_system_policy: rewritten("PutFileSystemPolicy"),
  aws_efs_mount_target: sought(files.mountTarget),
  aws_eip: sought(network.elasticAddress),
  aws_elasticache_cluster: sought(databases.cacheCluster),
  aws_elasticache_replication_group: sought(databases.replicationGroup),
  aws_elasticache_subnet_group: sought(databases.cacheSubnetGroup),
  aws_iam_role: sought(access.role),
  aws_iam_role_policy: rewritten("PutRolePolicy"),
  aws_internet_gateway: sought(network.internetGateway),
  aws_lb: sought(balancing.loadBalancer),
  aws_lb_listener: sought(balancing.listener),
  aws_lb_listener_rule: sought(balancing.listenerRule),
  aws_lb_target_group: sought(balancing.targetGroup),
  aws_nat_gateway: sought(network.natGateway),
  aws_route: sought(network.route),
  aws_route_table: sought(network.routeTable),
  aws_route_table_association: sought(network.routeTableAssociation),
  aws_s3_bucket: sought(stores.bucket),
  aws_s3_bucket_lifecycle_configuration: rewritten("PutBucketLifecycleConfiguration"),
  aws_s3_bucket_policy: rewritten("PutBucketPolicy"),
  aws_s3_bucket_public_access_block: rewritten("PutPublicAccessBlock"),
  aws_s3_bucket_server_side_encryption_configuration: rewritten("PutBucketEncryption"),
  aws_s3_bucket_versioning: rewritten("PutBucketVersioning"),
  aws_scheduler_schedule: sought(access.schedule),
  aws_scheduler_schedule_group: sought(access.scheduleGroup),
  aws_secretsmanager_secret: sought(stores.secret),
  aws_secretsmanager_secret_version: rewritten(
    "PutSecretValue: a new password, which what was made with the old one is told when it is taken over",
  ),
  aws_security_group: sought(groups.securityGroup),
  aws_service_discovery_http_namespace: sought(discovery.httpNamespace),
  aws_service_discovery_private_dns_namespace: sought(discovery.privateNamespace),
  aws_service_discovery_service: sought(discovery.registeredService),
  aws_sns_topic: sought(messages.topic),
  aws_sns_topic_subscription: sought(messages.subscription),
  aws_sqs_queue: sought(stores.queue),
  aws_subnet: sought(network.subnet),
  aws_vpc: sought(network.vpc),
  aws_vpc_endpoint: sought(network.vpcEndpoint),
  aws_vpc_security_group_egress_rule: sought(groups.egressRule),
  aws_vpc_security_group_ingress_rule: sought(groups.ingressRule),
};

/** How a thing of this type is looked for; undefined where that is not needed. */
export function finderOf(type: string): Find | undefined {
  const kind: Kind | undefined = Object.hasOwn(kinds, type) ? kinds[type as keyof ResourceTypes] : undefined;
  return kind?.kind === "sought" ? kind.find : undefined;
}
