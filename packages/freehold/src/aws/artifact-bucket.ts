import { bucketName } from "./names.ts";
import { type PrivateBucket, privateBucket } from "./private-bucket.ts";
import type { CollectionScope } from "./scope.ts";

/** Release records, leases and what pipelines hand on. */
export function artifactBucket(scope: CollectionScope): PrivateBucket {
  const bucket = bucketName(scope.identity, scope.facts, "artifacts");
  return privateBucket({ scope, name: "artifacts", bucket, encryption: "s3", oldVersionDays: 90 });
}
