import { FakeAwsError } from "../../../testing/fake-client.ts";
import { found, Items, type World } from "./world.ts";

export function s3({ named }: World) {
  return {
    headBucket: ({ Bucket }: { Bucket: string }) => found(named("aws_s3_bucket", Bucket), "NotFound"),
    getBucketTagging: ({ Bucket }: { Bucket: string }) => {
      const tags = named("aws_s3_bucket", Bucket)?.tags ?? {};
      if (Object.keys(tags).length === 0) throw new FakeAwsError("NoSuchTagSet");
      return { TagSet: Items(tags) };
    },
  };
}

export function sqs({ named, tagsOf }: World) {
  return {
    getQueueUrl: ({ QueueName }: { QueueName: string }) => ({
      QueueUrl: found(named("aws_sqs_queue", QueueName), "QueueDoesNotExist").id,
    }),
    listQueueTags: ({ QueueUrl }: { QueueUrl: string }) => ({ Tags: tagsOf(QueueUrl) }),
  };
}

export function dynamodb({ named, tagsOf }: World) {
  return {
    describeTable: ({ TableName }: { TableName: string }) => {
      const { id, state } = found(named("aws_dynamodb_table", TableName), "ResourceNotFoundException");
      return { Table: { TableArn: id, TableStatus: state ?? "ACTIVE" } };
    },
    listTagsOfResource: ({ ResourceArn }: { ResourceArn: string }) => ({ Tags: Items(tagsOf(ResourceArn)) }),
  };
}

export function logs({ all, tagsOf }: World) {
  return {
    describeLogGroups: ({ logGroupNamePrefix }: { logGroupNamePrefix: string }) => ({
      logGroups: all("aws_cloudwatch_log_group")
        .filter((one) => one.name.startsWith(logGroupNamePrefix))
        .map((one) => ({ logGroupName: one.name, arn: `${one.id}:*` })),
    }),
    listTagsForResource: ({ resourceArn }: { resourceArn: string }) => ({ tags: tagsOf(resourceArn) }),
  };
}

export function secrets({ named }: World) {
  return {
    describeSecret: ({ SecretId }: { SecretId: string }) => {
      const one = found(named("aws_secretsmanager_secret", SecretId), "ResourceNotFoundException");
      return { ARN: one.id, Tags: Items(one.tags) };
    },
  };
}
