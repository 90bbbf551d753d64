import { bucketName } from "./names.ts";
import { bucketPolicy, privateBucket } from "./private-bucket.ts";
import type { CollectionScope } from "./scope.ts";

/** Release records, leases and what pipelines hand on. */
export function artifactBucket(scope: CollectionScope) {
  const bucket = bucketName(scope.identity, scope.facts, "artifacts");
  const made = privateBucket({ scope, name: "artifacts", bucket, encryption: "s3", oldVersionDays: 90 });
  return { id: made.id, blocks: [...made.blocks, bucketPolicy(made)] };
}
