import type { S3 } from "@aws-sdk/client-s3";
import { parsePolicy, policyAllows } from "./bucket-policy.ts";

const everybody = "http://acs.amazonaws.com/groups/global/AllUsers";

/**
 * What a bucket's policy or an object's access control list opens to everybody, as far as the bucket does not block public access
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html).
 */
export function publicObjects(
  s3: Pick<S3, "getBucketPolicy" | "getObjectAcl" | "getPublicAccessBlock">,
): (bucket: string, key: string) => Promise<boolean> {
  return async (Bucket, Key) => {
    const { PublicAccessBlockConfiguration: block } =
      (await unlessRefused(s3.getPublicAccessBlock({ Bucket }))) ?? {};
    const policy =
      block?.RestrictPublicBuckets === true ? undefined : await unlessRefused(s3.getBucketPolicy({ Bucket }));
    const action = Key === "" ? "s3:ListBucket" : "s3:GetObject";
    const resource = `arn:aws:s3:::${Key === "" ? Bucket : `${Bucket}/${Key}`}`;
    if (policyAllows(parsePolicy(policy?.Policy), { kind: "anybody" }, action, resource)) return true;
    if (Key === "" || block?.IgnorePublicAcls === true) return false;
    const { Grants = [] } = (await unlessRefused(s3.getObjectAcl({ Bucket, Key }))) ?? {};
    return Grants.some(
      ({ Grantee, Permission = "" }) =>
        Grantee?.URI === everybody && /^(READ|FULL_CONTROL)$/.test(Permission),
    );
  };
}

/** What is not there opens nothing. Errors: those of the way to S3, and of S3 itself. */
async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && "$fault" in error && error.$fault === "client") return undefined;
    throw error;
  }
}
