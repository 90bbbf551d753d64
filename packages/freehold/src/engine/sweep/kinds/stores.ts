import type { AwsPort } from "../../ports.ts";
import { gone, isUnknown, type Kind, type Presence, presence } from "../kind.ts";

const snapshotReason = "the last state of a database; billed by the gigabyte until you delete it";

/** What holds data. Nothing of it is removed here but what can be brought back. */
export const storeKinds: readonly Kind[] = [
  {
    noun: "database",
    pattern: /^rds:db:(.+)$/,
    look: async ({ id }, aws) =>
      presence((await aws.rds()).describeDBInstances({ DBInstanceIdentifier: id }), ({ DBInstances = [] }) =>
        DBInstances.some((one) => one.DBInstanceStatus !== "deleting"),
      ),
    wayOut: ({ id }) =>
      `aws rds delete-db-instance --db-instance-identifier ${id} --final-db-snapshot-identifier ${id}-last`,
  },
  {
    noun: "database snapshot",
    pattern: /^rds:snapshot:(.+)$/,
    look: async ({ id }, aws) => {
      const asked = (await aws.rds()).describeDBSnapshots({ DBSnapshotIdentifier: id });
      const found = await presence(asked, ({ DBSnapshots = [] }) => DBSnapshots.length > 0);
      return found.kind === "there" ? { kind: "kept", reason: snapshotReason } : found;
    },
  },
  {
    noun: "database subnet group",
    pattern: /^rds:subgrp:(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.rds()).describeDBSubnetGroups({ DBSubnetGroupName: id }),
        ({ DBSubnetGroups = [] }) => DBSubnetGroups.length > 0,
      ),
    remove: async ({ id }, aws) => (await aws.rds()).deleteDBSubnetGroup({ DBSubnetGroupName: id }),
  },
  {
    noun: "database parameter group",
    pattern: /^rds:pg:(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.rds()).describeDBParameterGroups({ DBParameterGroupName: id }),
        ({ DBParameterGroups = [] }) => DBParameterGroups.length > 0,
      ),
    remove: async ({ id }, aws) => (await aws.rds()).deleteDBParameterGroup({ DBParameterGroupName: id }),
  },
  {
    noun: "cache",
    pattern: /^elasticache:replicationgroup:(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.elasticache()).describeReplicationGroups({ ReplicationGroupId: id }),
        ({ ReplicationGroups = [] }) => ReplicationGroups.some((one) => one.Status !== "deleting"),
      ),
    wayOut: ({ id }) => `aws elasticache delete-replication-group --replication-group-id ${id}`,
  },
  {
    noun: "cache node",
    pattern: /^elasticache:cluster:(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.elasticache()).describeCacheClusters({ CacheClusterId: id }),
        ({ CacheClusters = [] }) => CacheClusters.some((one) => one.CacheClusterStatus !== "deleting"),
      ),
    wayOut: ({ id }) => `aws elasticache delete-cache-cluster --cache-cluster-id ${id}`,
  },
  {
    noun: "cache subnet group",
    pattern: /^elasticache:subnetgroup:(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.elasticache()).describeCacheSubnetGroups({ CacheSubnetGroupName: id }),
        ({ CacheSubnetGroups = [] }) => CacheSubnetGroups.length > 0,
      ),
    remove: async ({ id }, aws) =>
      (await aws.elasticache()).deleteCacheSubnetGroup({ CacheSubnetGroupName: id }),
  },
  {
    noun: "queue",
    pattern: /^sqs:([^:]+)$/,
    look: async ({ id }, aws) =>
      presence((await aws.sqs()).getQueueUrl({ QueueName: id }), ({ QueueUrl }) => QueueUrl !== undefined),
    wayOut: ({ id }) =>
      `aws sqs delete-queue --queue-url "$(aws sqs get-queue-url --queue-name ${id} --output text)"`,
  },
  {
    noun: "topic",
    pattern: /^sns:([^:]+)$/,
    look: async ({ arn }, aws) =>
      presence((await aws.sns()).getTopicAttributes({ TopicArn: arn }), () => true),
    remove: async ({ arn }, aws) => (await aws.sns()).deleteTopic({ TopicArn: arn }),
  },
  {
    noun: "table",
    pattern: /^dynamodb:table\/([^/]+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.dynamodb()).describeTable({ TableName: id }),
        ({ Table }) => Table !== undefined && Table.TableStatus !== "DELETING",
      ),
    wayOut: ({ id }) => `aws dynamodb delete-table --table-name ${id}`,
  },
  {
    noun: "bucket",
    pattern: /^s3:([^/]+)$/,
    look: async ({ id }, aws) => presence((await aws.s3()).headBucket({ Bucket: id }), () => true),
    wayOut: ({ id }) => `Empty ${id} with all its versions in the S3 console, then delete it.`,
  },
  {
    noun: "secret",
    pattern: /^secretsmanager:secret:(.+)$/,
    look: ({ arn }, aws) => lookAtSecret(arn, aws),
    remove: async ({ arn }, aws) =>
      (await aws.secrets()).deleteSecret({ SecretId: arn, RecoveryWindowInDays: 7 }),
  },
];

async function lookAtSecret(arn: string, aws: AwsPort): Promise<Presence> {
  try {
    const { DeletedDate } = await (await aws.secrets()).describeSecret({ SecretId: arn });
    if (DeletedDate === undefined) return { kind: "there" };
    const date = DeletedDate.toISOString().slice(0, 10);
    return {
      kind: "kept",
      reason: `gone for good on ${date}, costs nothing until then; \`freehold up\` brings it back`,
    };
  } catch (error) {
    if (isUnknown(error)) return gone;
    throw error;
  }
}
