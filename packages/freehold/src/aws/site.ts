import type { Site } from "../app/application.ts";
import { terraformName } from "../app/names.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import { type Expressed, type Ref, template } from "../terraform/expression.ts";
import { bucketName, nameOf } from "./names.ts";
import type { SiteOutputs } from "./outputs.ts";
import { bucketPolicy, type PrivateBucket, privateBucket } from "./private-bucket.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";
import { siteFunctionCode } from "./site-function.ts";

export interface SiteFiles {
  readonly site: Site;
  readonly blocks: readonly Block[];
  readonly bucket: PrivateBucket;
  readonly functionArn: Ref;
  readonly outputs: Expressed<SiteOutputs>;
}

/** A site's files, and the function that leads a request to one of them. CloudFront cannot read what AWS's KMS key encrypts, hence SSE-S3. */
export function site(scope: EnvironmentScope, wanted: Site, keyValueStoreArn: Ref): SiteFiles {
  const { name } = wanted;
  const bucket = privateBucket({
    scope,
    name: terraformName(name),
    bucket: bucketName(within(scope, name), scope.facts),
    tags: serviceTags(name),
    encryption: "s3",
    oldVersionDays: 30,
  });
  const code = resource("aws_cloudfront_function", terraformName(name), {
    name: nameOf("function", within(scope, name)),
    comment: `${name} of ${scope.environment.name}`,
    runtime: "cloudfront-js-2.0",
    publish: true,
    code: siteFunctionCode(wanted),
    key_value_store_associations: [keyValueStoreArn],
  });
  return {
    site: wanted,
    blocks: [...bucket.blocks, code],
    bucket,
    functionArn: ref(code, "arn"),
    outputs: { bucket: bucket.id, key: name },
  };
}

/** Lets one distribution read a site's files, and list them: without that a missing file would be a 403. */
export function siteAccess({ bucket }: SiteFiles, distributionArn: Ref): Block {
  const reader = {
    principal: { Service: "cloudfront.amazonaws.com" },
    conditions: { StringEquals: { "AWS:SourceArn": distributionArn } },
  };
  return bucketPolicy(bucket, [
    { ...reader, actions: ["s3:GetObject"], resources: [template(bucket.arn, "/*")] },
    { ...reader, actions: ["s3:ListBucket"], resources: [bucket.arn] },
  ]);
}
