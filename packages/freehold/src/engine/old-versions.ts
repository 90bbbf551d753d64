import type { LifecycleRule, S3 } from "@aws-sdk/client-s3";
import { isErrorNamed } from "./error-name.ts";

const id = "freehold-old-versions";

/**
 * Leases are written every few seconds and states at each change. Of every object the newest earlier versions stay, the others
 * for 90 days (https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-actions).
 */
const rule: LifecycleRule = {
  ID: id,
  Status: "Enabled",
  Filter: { Prefix: "" },
  NoncurrentVersionExpiration: { NoncurrentDays: 90, NewerNoncurrentVersions: 20 },
  Expiration: { ExpiredObjectDeleteMarker: true },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};

/** Adds the rule where the bucket has none of its name; rules of others stay. Answers whether it was added. */
export async function expireOldVersions(s3: S3, bucket: string): Promise<boolean> {
  const rules = await rulesOf(s3, bucket);
  if (rules.some((one) => one.ID === id)) return false;
  const LifecycleConfiguration = { Rules: [...rules, rule] };
  await s3.putBucketLifecycleConfiguration({ Bucket: bucket, LifecycleConfiguration });
  return true;
}

async function rulesOf(s3: S3, bucket: string): Promise<readonly LifecycleRule[]> {
  try {
    const { Rules = [] } = await s3.getBucketLifecycleConfiguration({ Bucket: bucket });
    return Rules;
  } catch (error) {
    if (isErrorNamed(error, "NoSuchLifecycleConfiguration")) return [];
    throw error;
  }
}
