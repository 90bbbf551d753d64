import { UserError } from "../../errors.ts";
import { isErrorNamed } from "../error-name.ts";
import type { Ports } from "../ports.ts";
import { type Lease, leaseSchema } from "./decision.ts";

/** A lease and what it is for. */
export interface LeaseRequest {
  readonly bucket: string;
  /** Key of the lease's object. */
  readonly key: string;
  /** Key of the Terraform state that only the lease's holder may change; in the same bucket. */
  readonly stateKey: string;
  /** For the reader, e.g. `default/dev`. */
  readonly subject: string;
  /** Aborted when the person interrupts: nothing is waited for any longer. */
  readonly signal?: AbortSignal;
}

export interface StoredLease {
  readonly lease: Lease;
  readonly etag: string;
}

/** Errors: UserError `damaged-lease` when the object is none of ours. */
export async function readLease(
  { bucket, key }: LeaseRequest,
  ports: Ports,
): Promise<StoredLease | undefined> {
  try {
    const { Body, ETag = "" } = await (await ports.aws.s3()).getObject({ Bucket: bucket, Key: key });
    return { lease: parse((await Body?.transformToString("utf8")) ?? "", key), etag: ETag };
  } catch (error) {
    if (isErrorNamed(error, "NoSuchKey", "NoSuchBucket")) return undefined;
    throw error;
  }
}

/**
 * Writes the lease if nobody else has written since: over the version with this ETag, or where none is. Answers undefined
 * when somebody has (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
 */
export async function writeLease(
  { bucket, key }: LeaseRequest,
  lease: Lease,
  over: string | undefined,
  ports: Ports,
): Promise<StoredLease | undefined> {
  const condition = over === undefined ? { IfNoneMatch: "*" } : { IfMatch: over };
  const object = { Bucket: bucket, Key: key, Body: JSON.stringify(lease), ...condition };
  try {
    const { ETag = "" } = await (await ports.aws.s3()).putObject(object);
    return { lease, etag: ETag };
  } catch (error) {
    const isRefused = isErrorNamed(error, "PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey");
    if (isRefused) return undefined;
    throw error;
  }
}

export async function removeLease({ bucket, key }: LeaseRequest, ports: Ports): Promise<void> {
  await (await ports.aws.s3()).deleteObject({ Bucket: bucket, Key: key });
}

function parse(text: string, key: string): Lease {
  try {
    return leaseSchema.parse(JSON.parse(text));
  } catch (cause) {
    const message = "This object in the state bucket should be a lease and is not.";
    const hint = "Look who wrote it; when nobody changes the environment, delete it.";
    throw new UserError({ code: "damaged-lease", subject: key, message, hint }, { cause });
  }
}
