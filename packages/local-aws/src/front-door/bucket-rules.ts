import type { CORSRule, S3 } from "@aws-sdk/client-s3";

/** Reads a bucket's CORS rules; a bucket that has none, or is not there, lets no page in. */
export function bucketCors(s3: Pick<S3, "getBucketCors">): (bucket: string) => Promise<readonly CORSRule[]> {
  return async (Bucket) => {
    try {
      return (await s3.getBucketCors({ Bucket })).CORSRules ?? [];
    } catch (error) {
      if (error instanceof Error && "$fault" in error && error.$fault === "client") return [];
      throw error;
    }
  };
}
