import type { Bucket } from "../app/application.ts";
import { terraformName } from "../app/names.ts";
import { type Expressed, template } from "../terraform/expression.ts";
import type { Facility } from "./facilities.ts";
import { bucketName } from "./names.ts";
import type { EnvironmentOutputs } from "./outputs.ts";
import { bucketPolicy, privateBucket } from "./private-bucket.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";

export interface BucketFacility extends Facility {
  readonly outputs: Expressed<EnvironmentOutputs["buckets"][string]>;
}

/** A bucket of the application, encrypted with AWS's own key for S3. */
export function bucket(scope: EnvironmentScope, { name }: Bucket): BucketFacility {
  const made = privateBucket({
    scope,
    name: terraformName(name),
    bucket: bucketName(within(scope, name), scope.facts),
    tags: serviceTags(name),
    encryption: "kms",
  });
  return {
    name,
    blocks: [...made.blocks, bucketPolicy(made)],
    attributes: { name: made.id, arn: made.arn },
    statements: [
      {
        actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
        resources: [made.arn],
      },
      {
        actions: [
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:ListMultipartUploadParts",
          "s3:PutObject",
        ],
        resources: [template(made.arn, "/*")],
      },
    ],
    outputs: { name: made.id, arn: made.arn },
  };
}
