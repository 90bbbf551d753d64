import { type Block, ref, resource } from "../terraform/block.ts";
import { type Ref, type Text, template } from "../terraform/expression.ts";
import { policyDocument, type Statement } from "./policy.ts";
import { guardOf, type Scope } from "./scope.ts";

export interface BucketRequest {
  readonly scope: Scope;
  /** Terraform name of the bucket and of all that belongs to it. */
  readonly name: string;
  readonly bucket: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** `kms` is AWS's own key for S3, which no other service of AWS may use: not for what CloudFront reads. */
  readonly encryption: "s3" | "kms";
  /** Days after which a version that was replaced goes. */
  readonly oldVersionDays?: number;
}

export interface PrivateBucket {
  readonly name: string;
  readonly blocks: readonly Block[];
  /** What keeps the public out. */
  readonly closed: Block;
  readonly id: Ref;
  readonly arn: Ref;
  readonly domainName: Ref;
}

/** A bucket nobody outside the account can read: versioned, encrypted, unfinished uploads go after a week. Give it a `bucketPolicy`. */
export function privateBucket(request: BucketRequest): PrivateBucket {
  const { scope, name, bucket, tags = {} } = request;
  const main = resource(
    "aws_s3_bucket",
    name,
    { bucket, force_destroy: !scope.isGuarded, tags },
    { lifecycle: guardOf(scope) },
  );
  const id = ref(main, "id");
  const closed = publicAccessBlock(name, id);
  return {
    name,
    blocks: [main, closed, versioning(name, id), encryption(request, id), lifecycle(request, id)],
    closed,
    id,
    arn: ref(main, "arn"),
    domainName: ref(main, "bucket_regional_domain_name"),
  };
}

function publicAccessBlock(name: string, bucket: Text): Block {
  return resource("aws_s3_bucket_public_access_block", name, {
    bucket,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
}

function versioning(name: string, bucket: Text): Block {
  return resource("aws_s3_bucket_versioning", name, {
    bucket,
    versioning_configuration: { status: "Enabled" },
  });
}

function encryption({ name, encryption }: BucketRequest, bucket: Text): Block {
  const isKms = encryption === "kms";
  return resource("aws_s3_bucket_server_side_encryption_configuration", name, {
    bucket,
    rule: [
      {
        apply_server_side_encryption_by_default: { sse_algorithm: isKms ? "aws:kms" : "AES256" },
        bucket_key_enabled: isKms,
      },
    ],
  });
}

function lifecycle({ name, oldVersionDays }: BucketRequest, bucket: Text): Block {
  const base = { status: "Enabled", filter: [{ prefix: "" }] };
  const uploads = {
    ...base,
    id: "abort-unfinished-uploads",
    abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
  };
  const versions = (days: number) => ({
    ...base,
    id: "expire-old-versions",
    noncurrent_version_expiration: [{ noncurrent_days: days }],
  });
  const rule = oldVersionDays === undefined ? [uploads] : [uploads, versions(oldVersionDays)];
  return resource("aws_s3_bucket_lifecycle_configuration", name, { bucket, rule });
}

/** Lets nobody in over plain HTTP, and in whom the statements name besides roles of this account. */
export function bucketPolicy(bucket: PrivateBucket, readers: readonly Statement[] = []): Block {
  const overTlsOnly: Statement = {
    effect: "Deny",
    principal: "*",
    actions: ["s3:*"],
    resources: [bucket.arn, template(bucket.arn, "/*")],
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
  return resource(
    "aws_s3_bucket_policy",
    bucket.name,
    { bucket: bucket.id, policy: policyDocument([overTlsOnly, ...readers]) },
    // S3 refuses two changes of one bucket at a time.
    { dependsOn: [bucket.closed] },
  );
}
