import { type Existing, type Find, tagsOf, textOf, unlessAbsent } from "./sought.ts";

/**
 * Names are unique in the world, and ours carry account and region. Of all kinds this one alone is made first and tagged by a
 * call of its own: a bucket without any tag, in our account and under our name, is one that was broken off in between.
 */
export const bucket: Find = async (sought, ports): Promise<Existing | undefined> => {
  const id = textOf(sought, "bucket") ?? "";
  const s3 = await ports.aws.s3();
  const head = await unlessAbsent(s3.headBucket({ Bucket: id }), "NotFound", "NoSuchBucket").catch(
    ifForbidden,
  );
  if (head === undefined) return undefined;
  if (head === "another's") return { id, tags: {} };
  const tagging = await unlessAbsent(s3.getBucketTagging({ Bucket: id }), "NoSuchTagSet");
  return tagging === undefined ? { id } : { id, tags: tagsOf(tagging.TagSet) };
};

/** HEAD has no body that could name the error: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html. */
function ifForbidden(error: unknown): "another's" {
  if (Reflect.get(Object(Reflect.get(Object(error), "$metadata")), "httpStatusCode") === 403)
    return "another's";
  throw error;
}

export const queue: Find = async (sought, ports) => {
  const sqs = await ports.aws.sqs();
  const asked = sqs.getQueueUrl({ QueueName: textOf(sought, "name") ?? "" });
  const id = (await unlessAbsent(asked, "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"))
    ?.QueueUrl;
  if (id === undefined) return undefined;
  return { id, tags: (await sqs.listQueueTags({ QueueUrl: id })).Tags ?? {} };
};

/** Names are unique in a region. */
export const table: Find = async (sought, ports) => {
  const id = textOf(sought, "name") ?? "";
  const dynamodb = await ports.aws.dynamodb();
  const asked = dynamodb.describeTable({ TableName: id });
  const found = (await unlessAbsent(asked, "ResourceNotFoundException"))?.Table;
  if (found?.TableArn === undefined) return undefined;
  const { Tags } = await dynamodb.listTagsOfResource({ ResourceArn: found.TableArn });
  const status = found.TableStatus ?? "ACTIVE";
  return { id, tags: tagsOf(Tags), ...(status === "ACTIVE" ? {} : { pending: status }) };
};

export const logGroup: Find = async (sought, ports) => {
  const id = textOf(sought, "name") ?? "";
  const logs = await ports.aws.logs();
  // A prefix is all that can be asked for.
  const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: id });
  const resourceArn = logGroups.find((one) => one.logGroupName === id)?.arn?.replace(/:\*$/, "");
  if (resourceArn === undefined) return undefined;
  return { id, tags: (await logs.listTagsForResource({ resourceArn })).tags ?? {} };
};

export const secret: Find = async (sought, ports) => {
  const SecretId = textOf(sought, "name") ?? "";
  const asked = (await ports.aws.secrets()).describeSecret({ SecretId });
  const found = await unlessAbsent(asked, "ResourceNotFoundException");
  if (found?.ARN === undefined) return undefined;
  const isDeleted = found.DeletedDate === undefined ? {} : { isDeleted: true as const };
  return { id: found.ARN, tags: tagsOf(found.Tags), ...isDeleted };
};
