import type { BucketLocationConstraint, S3 } from "@aws-sdk/client-s3";
import type { Application, Collection } from "../app/application.ts";
import type { UserError } from "../errors.ts";
import { isErrorNamed } from "./error-name.ts";
import type { Emit } from "./events.ts";
import { callerAccount } from "./identity.ts";
import { expireOldVersions } from "./old-versions.ts";
import { tellOwn } from "./outside-failure.ts";
import type { Ports } from "./ports.ts";
import { step } from "./step.ts";

/** Name of the bucket that holds states and leases: one for an account and region. */
export function stateBucketName(account: string, region: string): string {
  return `freehold-state-${account}-${region}`;
}

export interface BootstrapRequest {
  readonly application: Application;
  readonly collection: Collection;
}

/** Makes the state bucket of a collection's account and region: versioned, tidied, encrypted, private, TLS only. */
export async function bootstrap(request: BootstrapRequest, ports: Ports, emit: Emit): Promise<string> {
  const account = await callerAccount(request.collection, ports);
  return ensureStateBucket(account, ports, emit);
}

/** The same as a step of another verb. Answers the bucket's name. */
export function ensureStateBucket(account: string, ports: Ports, emit: Emit): Promise<string> {
  const bucket = stateBucketName(account, ports.aws.region);
  return step({ id: "bootstrap", title: `State bucket ${bucket}` }, ports, emit, async (report) => {
    const s3 = await ports.aws.s3();
    if (!(await isOurs(s3, bucket, account))) await make(s3, bucket, ports.aws.region);
    else if (!(await expireOldVersions(s3, bucket))) report.end({ outcome: "unchanged" });
    return bucket;
  });
}

/**
 * Before anything of the state bucket is read: if there is one, it is this account's. A bucket's name is anybody's who takes
 * it first, and a state says which providers Terraform runs.
 *
 * @throws UserError `no-state-bucket`
 */
export async function demandOwnBucket(bucket: string, account: string, ports: Ports): Promise<void> {
  await isThere(await ports.aws.s3(), bucket, account);
}

/** Whether there is a state bucket: without one nothing was ever provisioned. Errors: UserError `no-state-bucket` when it cannot be seen. */
export async function hasStateBucket(
  { account, stateBucket }: { readonly account: string; readonly stateBucket: string },
  ports: Ports,
): Promise<boolean> {
  return isOurs(await ports.aws.s3(), stateBucket, account);
}

/** Whether it is there and whole. */
async function isOurs(s3: S3, bucket: string, account: string): Promise<boolean> {
  if (!(await isThere(s3, bucket, account))) return false;
  const { Status } = await s3
    .getBucketVersioning({ Bucket: bucket })
    .catch((cause: unknown) => Promise.reject(unreadable(bucket, cause)));
  return Status === "Enabled";
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html */
async function isThere(s3: S3, bucket: string, account: string): Promise<boolean> {
  try {
    await s3.headBucket({ Bucket: bucket, ExpectedBucketOwner: account });
    return true;
  } catch (cause) {
    if (isErrorNamed(cause, "NotFound", "NoSuchBucket")) return false;
    throw unreadable(bucket, cause);
  }
}

function unreadable(bucket: string, cause: unknown): UserError {
  const hint = "Check that these credentials may read the bucket, and that no other account owns its name.";
  const message = "The state bucket cannot be read; nothing of it was.";
  return tellOwn({ code: "no-state-bucket", subject: bucket, message, hint }, cause);
}

async function make(s3: S3, bucket: string, region: string): Promise<void> {
  try {
    await s3.createBucket({ Bucket: bucket, ...placeOf(region) });
  } catch (error) {
    if (!isErrorNamed(error, "BucketAlreadyOwnedByYou")) throw error;
  }
  await s3.putPublicAccessBlock({
    Bucket: bucket,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
  await s3.putBucketEncryption({
    Bucket: bucket,
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
    },
  });
  await s3.putBucketTagging({
    Bucket: bucket,
    Tagging: { TagSet: [{ Key: "ManagedBy", Value: "freehold" }] },
  });
  await s3.putBucketPolicy({ Bucket: bucket, Policy: JSON.stringify(tlsOnly(bucket)) });
  await expireOldVersions(s3, bucket);
  // Last: it says that the bucket is whole.
  await s3.putBucketVersioning({ Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } });
}

/** us-east-1 is where a bucket is made when nothing is said, and may not be said. */
function placeOf(region: string) {
  // The SDK's list of regions lags behind AWS's.
  const LocationConstraint = region as BucketLocationConstraint;
  return region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint } };
}

function tlsOnly(bucket: string): unknown {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
