import type { S3 } from "@aws-sdk/client-s3";
import { FakeAwsError, fakeClient, type Journal } from "./fake-client.ts";

export interface FakeS3 {
  readonly client: S3;
  /** Text by `<bucket>/<key>`. */
  readonly objects: Map<string, string>;
  /** What was asked of each bucket that was made by a call: `putBucketPolicy` … */
  readonly buckets: Map<string, string[]>;
  /** Buckets of another account, who lets anybody read them. */
  readonly others: Set<string>;
}

interface Owned {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string;
}

interface Named {
  readonly Bucket: string;
  readonly Key: string;
}

/** Objects with conditional writes; an object's ETag is its text. */
export function fakeS3(journal: Journal): FakeS3 {
  const objects = new Map<string, string>();
  const buckets = new Map<string, string[]>();
  const others = new Set<string>();
  const put = ({
    Bucket,
    Key,
    ...input
  }: Named & { Body: unknown; IfMatch?: string; IfNoneMatch?: string }) => {
    const name = `${Bucket}/${Key}`;
    const isRefused =
      (input.IfNoneMatch === "*" && objects.has(name)) ||
      (input.IfMatch !== undefined && objects.get(name) !== input.IfMatch);
    if (isRefused) throw new FakeAwsError("PreconditionFailed");
    objects.set(name, String(input.Body));
    return { ETag: String(input.Body) };
  };
  const operations = {
    ...bucketOperations(buckets, others),
    putObject: put,
    getObject: ({ Bucket, Key }: Named) => {
      const text = objects.get(`${Bucket}/${Key}`);
      if (text === undefined) throw new FakeAwsError("NoSuchKey");
      return { ETag: text, Body: { transformToString: async () => text } };
    },
    headObject: ({ Bucket, Key }: Named) => {
      if (!objects.has(`${Bucket}/${Key}`)) throw new FakeAwsError("NotFound");
      return {};
    },
    deleteObject: ({ Bucket, Key }: Named) => ({ deleted: objects.delete(`${Bucket}/${Key}`) }),
    copyObject: ({ Bucket, Key, CopySource }: Named & { CopySource: string }) => {
      objects.set(`${Bucket}/${Key}`, objects.get(decodeURI(CopySource)) ?? "");
      return {};
    },
    listObjectsV2: ({ Bucket, Prefix }: { readonly Bucket: string; readonly Prefix: string }) => ({
      Contents: [...objects.keys()]
        .filter((name) => name.startsWith(`${Bucket}/${Prefix}`))
        .map((name) => ({ Key: name.slice(Bucket.length + 1) })),
    }),
  };
  return { client: fakeClient<S3>(journal, operations), objects, buckets, others };
}

function bucketOperations(buckets: FakeS3["buckets"], others: FakeS3["others"]) {
  const settings = [
    "putBucketEncryption",
    "putBucketLifecycleConfiguration",
    "putBucketPolicy",
    "putBucketTagging",
    "putBucketVersioning",
    "putPublicAccessBlock",
  ];
  const set = (name: string) => [
    name,
    ({ Bucket }: { readonly Bucket: string }) => {
      buckets.get(Bucket)?.push(name);
      return {};
    },
  ];
  return {
    headBucket: ({ Bucket, ExpectedBucketOwner }: Owned) => {
      if (others.has(Bucket) && ExpectedBucketOwner !== undefined) throw new FakeAwsError("Forbidden");
      if (!buckets.has(Bucket)) throw new FakeAwsError("NotFound");
      return {};
    },
    getBucketVersioning: ({ Bucket }: { readonly Bucket: string }) =>
      buckets.get(Bucket)?.includes("putBucketVersioning") === true ? { Status: "Enabled" } : {},
    getBucketLifecycleConfiguration: ({ Bucket }: { readonly Bucket: string }) => {
      if (buckets.get(Bucket)?.includes("putBucketLifecycleConfiguration") === true)
        return { Rules: [{ ID: "freehold-old-versions" }] };
      throw new FakeAwsError("NoSuchLifecycleConfiguration");
    },
    createBucket: ({ Bucket }: { readonly Bucket: string }) => {
      if (buckets.has(Bucket)) throw new FakeAwsError("BucketAlreadyOwnedByYou");
      buckets.set(Bucket, []);
      return {};
    },
    ...Object.fromEntries(settings.map(set)),
  };
}
