import type { S3 } from "@aws-sdk/client-s3";

/** Keys of all objects below a prefix, however many pages S3 answers with. */
export async function listKeys(s3: S3, bucket: string, prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.listObjectsV2({
      Bucket: bucket,
      Prefix: prefix,
      ...(token === undefined ? {} : { ContinuationToken: token }),
    });
    keys.push(...(page.Contents ?? []).flatMap((object) => object.Key ?? []));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}
