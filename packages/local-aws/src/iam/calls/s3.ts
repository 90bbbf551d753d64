import type { Demand } from "./call.ts";

/** An S3 request as far as its permissions depend on it. */
export interface S3Request {
  readonly method: string;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Decoded; empty for the bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Keys that the body of DeleteObjects names. */
  readonly deleted?: readonly { readonly key: string; readonly hasVersion: boolean }[];
}

type Level = "service" | "bucket" | "object";

/**
 * Actions by level, method and the query parameter that makes a request of another kind; `,version` stands for a named version.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export const s3Actions: Readonly<Record<string, readonly string[]>> = {
  "service GET": ["ListAllMyBuckets"],

  "bucket GET": ["ListBucket"],
  "bucket HEAD": ["ListBucket"],
  "bucket PUT": ["CreateBucket"],
  "bucket DELETE": ["DeleteBucket"],
  "bucket GET acl": ["GetBucketAcl"],
  "bucket PUT acl": ["PutBucketAcl"],
  "bucket GET cors": ["GetBucketCORS"],
  "bucket PUT cors": ["PutBucketCORS"],
  "bucket DELETE cors": ["PutBucketCORS"],
  "bucket GET encryption": ["GetEncryptionConfiguration"],
  "bucket PUT encryption": ["PutEncryptionConfiguration"],
  "bucket DELETE encryption": ["PutEncryptionConfiguration"],
  "bucket GET lifecycle": ["GetLifecycleConfiguration"],
  "bucket PUT lifecycle": ["PutLifecycleConfiguration"],
  "bucket DELETE lifecycle": ["PutLifecycleConfiguration"],
  "bucket GET location": ["GetBucketLocation"],
  "bucket GET logging": ["GetBucketLogging"],
  "bucket PUT logging": ["PutBucketLogging"],
  "bucket GET notification": ["GetBucketNotification"],
  "bucket PUT notification": ["PutBucketNotification"],
  "bucket GET object-lock": ["GetBucketObjectLockConfiguration"],
  "bucket PUT object-lock": ["PutBucketObjectLockConfiguration"],
  "bucket GET ownershipControls": ["GetBucketOwnershipControls"],
  "bucket PUT ownershipControls": ["PutBucketOwnershipControls"],
  "bucket DELETE ownershipControls": ["PutBucketOwnershipControls"],
  "bucket GET policy": ["GetBucketPolicy"],
  "bucket PUT policy": ["PutBucketPolicy"],
  "bucket DELETE policy": ["DeleteBucketPolicy"],
  "bucket GET policyStatus": ["GetBucketPolicyStatus"],
  "bucket GET publicAccessBlock": ["GetBucketPublicAccessBlock"],
  "bucket PUT publicAccessBlock": ["PutBucketPublicAccessBlock"],
  "bucket DELETE publicAccessBlock": ["PutBucketPublicAccessBlock"],
  "bucket GET tagging": ["GetBucketTagging"],
  "bucket PUT tagging": ["PutBucketTagging"],
  "bucket DELETE tagging": ["PutBucketTagging"],
  "bucket GET uploads": ["ListBucketMultipartUploads"],
  "bucket GET versioning": ["GetBucketVersioning"],
  "bucket PUT versioning": ["PutBucketVersioning"],
  "bucket GET versions": ["ListBucketVersions"],
  "bucket GET website": ["GetBucketWebsite"],
  "bucket PUT website": ["PutBucketWebsite"],
  "bucket DELETE website": ["DeleteBucketWebsite"],
  "bucket POST delete": ["DeleteObject"],

  "object GET": ["GetObject"],
  "object HEAD": ["GetObject"],
  "object PUT": ["PutObject"],
  "object DELETE": ["DeleteObject"],
  "object GET,version": ["GetObjectVersion"],
  "object HEAD,version": ["GetObjectVersion"],
  "object DELETE,version": ["DeleteObjectVersion"],
  "object GET acl": ["GetObjectAcl"],
  "object PUT acl": ["PutObjectAcl"],
  "object GET acl,version": ["GetObjectVersionAcl"],
  "object PUT acl,version": ["PutObjectVersionAcl"],
  "object GET attributes": ["GetObject", "GetObjectAttributes"],
  "object GET attributes,version": ["GetObjectVersion", "GetObjectVersionAttributes"],
  "object GET tagging": ["GetObjectTagging"],
  "object PUT tagging": ["PutObjectTagging"],
  "object DELETE tagging": ["DeleteObjectTagging"],
  "object GET tagging,version": ["GetObjectVersionTagging"],
  "object PUT tagging,version": ["PutObjectVersionTagging"],
  "object DELETE tagging,version": ["DeleteObjectVersionTagging"],
  "object GET legal-hold": ["GetObjectLegalHold"],
  "object PUT legal-hold": ["PutObjectLegalHold"],
  "object GET retention": ["GetObjectRetention"],
  "object PUT retention": ["PutObjectRetention"],
  "object POST restore": ["RestoreObject"],
  "object POST uploads": ["PutObject"],
  "object PUT uploadId": ["PutObject"],
  "object POST uploadId": ["PutObject"],
  "object GET uploadId": ["ListMultipartUploadParts"],
  "object DELETE uploadId": ["AbortMultipartUpload"],
};

/** Parameters that change what a request answers, and not what it is. */
const modifiers = new Set([
  "continuation-token",
  "delimiter",
  "encoding-type",
  "fetch-owner",
  "key-marker",
  "list-type",
  "marker",
  "max-keys",
  "max-parts",
  "max-uploads",
  "part-number-marker",
  "partNumber",
  "prefix",
  "start-after",
  "upload-id-marker",
  "version-id-marker",
  "versionId",
  "x-id",
]);

/**
 * What the caller of an S3 request must be allowed; undefined for a request that is not in the table, or that bears parameters of
 * more than one kind: a server could take it for another one.
 */
export function s3DemandsOf(request: S3Request): readonly Demand[] | undefined {
  const { bucket, key, deleted } = request;
  const level: Level = key !== "" ? "object" : bucket !== "" ? "bucket" : "service";
  const actions = actionsOf(level, request);
  if (actions === undefined) return undefined;
  const keys = keysOf(request);
  const on = (action: string, arn: string): Demand => ({
    action: `s3:${action}`,
    resource: { kind: "arn", arn },
    keys,
  });
  if (deleted !== undefined) {
    if (deleted.length === 0) return undefined;
    return deleted.map(({ key: name, hasVersion }) =>
      on(hasVersion ? "DeleteObjectVersion" : "DeleteObject", `arn:aws:s3:::${bucket}/${name}`),
    );
  }
  const target = level === "object" ? `arn:aws:s3:::${bucket}/${key}` : `arn:aws:s3:::${bucket}`;
  const own = actions.map((action) => on(action, level === "service" ? "*" : target));
  const source = sourceOf(request.headers["x-amz-copy-source"]);
  if (source === undefined) return undefined;
  return [
    ...own,
    ...riders(request).map((action) => on(action, target)),
    ...source.map(([action, arn]) => on(action, arn)),
  ];
}

function actionsOf(level: Level, { method, query, deleted }: S3Request): readonly string[] | undefined {
  const further = [...new Set(query.keys())].filter(
    (name) => !modifiers.has(name) && !/^response-/i.test(name) && !/^x-amz-/i.test(name),
  );
  if (further.length > 1) return undefined;
  if (further[0] === "delete" && deleted === undefined) return undefined;
  const what = further[0] === undefined ? "" : ` ${further[0]}`;
  // A version of a bucket is nothing; where a part is uploaded there is no version yet.
  const version = level === "object" && query.has("versionId") ? ",version" : "";
  return s3Actions[`${level} ${method}${what}${version}`];
}

/** What headers of an upload ask beside it. */
function riders({ method, headers, query }: S3Request): readonly string[] {
  const isUpload =
    (method === "PUT" && !query.has("uploadId")) || (method === "POST" && query.has("uploads"));
  if (!isUpload) return [];
  const names = Object.keys(headers);
  return [
    ...(headers["x-amz-tagging"] === undefined ? [] : ["PutObjectTagging"]),
    ...(names.some((name) => /^x-amz-(acl|grant-)/.test(name)) ? ["PutObjectAcl"] : []),
    ...(headers["x-amz-object-lock-mode"] === undefined ? [] : ["PutObjectRetention"]),
    ...(headers["x-amz-object-lock-legal-hold"] === undefined ? [] : ["PutObjectLegalHold"]),
  ];
}

/** `/bucket/key?versionId=…`, percent-encoded: copying needs the source's reading as well. */
function sourceOf(header: string | undefined): readonly (readonly [string, string])[] | undefined {
  if (header === undefined) return [];
  const [path = "", query = ""] = header.replace(/^\//, "").split("?", 2);
  const name = decoded(path);
  if (name === undefined || name.startsWith("arn:") || !/^[a-z0-9.-]+\/./.test(name)) return undefined;
  const action = new URLSearchParams(query).has("versionId") ? "GetObjectVersion" : "GetObject";
  return [[action, `arn:aws:s3:::${name}`]];
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

const queryKeys = ["prefix", "delimiter", "max-keys", "versionId"] as const;
const headerKeys = [
  "x-amz-acl",
  "x-amz-copy-source",
  "x-amz-metadata-directive",
  "x-amz-server-side-encryption",
  "x-amz-server-side-encryption-aws-kms-key-id",
  "x-amz-storage-class",
  "x-amz-content-sha256",
] as const;

/** Condition keys of which `s3DemandsOf` gives every value there is. */
export const s3KnownKeys: readonly string[] = [...queryKeys, ...headerKeys].map(
  (name) => `s3:${name.toLowerCase()}`,
);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html */
function keysOf({ query, headers }: S3Request): Demand["keys"] {
  const fromQuery = queryKeys.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[`s3:${name.toLowerCase()}`, [value]] as const];
  });
  const fromHeaders = headerKeys.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[`s3:${name}`, [value]] as const];
  });
  return Object.fromEntries([...fromQuery, ...fromHeaders]);
}
