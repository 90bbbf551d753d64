import { Readable } from "node:stream";
import type { Origin } from "@aws-sdk/client-cloudfront";
import type { GetObjectCommandOutput, HeadObjectCommandOutput } from "@aws-sdk/client-s3";
import { XMLBuilder } from "fast-xml-parser";
import { type Answer, type Ask, answerOf } from "../../elb/exchange.ts";
import { type HeaderLine, type HeaderLines, headerValue } from "../../elb/headers.ts";
import { pathOf } from "../../elb/match.ts";
import type { Platform } from "../../platform.ts";
import { type Asker, parsePolicy, policyAllows } from "./bucket-policy.ts";

type Statements = ReturnType<typeof parsePolicy>;

/** Answers from S3 buckets, checked against the bucket's policy as S3 does. */
export interface S3Origin {
  ask(origin: Origin, ask: Ask, asker: Asker): Promise<Answer>;
}

/** A policy is asked for again after this time. */
const policyMilliseconds = 1000;

export function createS3Origin({ aws: { s3 }, clock }: Platform): S3Origin {
  const policies = new Map<string, { readonly until: number; readonly statements: Promise<Statements> }>();
  const policyOf = (bucket: string): Promise<Statements> => {
    const now = clock.now().getTime();
    const known = policies.get(bucket);
    if (known !== undefined && known.until > now) return known.statements;
    const statements = s3.getBucketPolicy({ Bucket: bucket }).then(
      ({ Policy }) => parsePolicy(Policy),
      () => [],
    );
    policies.set(bucket, { until: now + policyMilliseconds, statements });
    return statements;
  };
  return {
    ask: async (origin, ask, asker) => {
      const bucket = bucketOf(origin.DomainName ?? "");
      const key = keyOf(pathOf(ask.target));
      const statements = await policyOf(bucket);
      const mayRead = policyAllows(statements, asker, "s3:GetObject", `arn:aws:s3:::${bucket}/${key}`);
      if (key === "" || !mayRead || !["GET", "HEAD"].includes(ask.method)) {
        return failed("AccessDenied", "Access Denied", 403, key);
      }
      try {
        return await read(s3, bucket, key, ask);
      } catch (error) {
        const mayList = policyAllows(statements, asker, "s3:ListBucket", `arn:aws:s3:::${bucket}`);
        return failureAnswer(error, key, mayList);
      }
    },
  };
}

/** `bucket.s3.region.amazonaws.com`, `bucket.s3.amazonaws.com` and the website forms name a bucket. */
function bucketOf(domainName: string): string {
  return domainName.replace(/\.s3[.-].*$/s, "");
}

function keyOf(path: string): string {
  try {
    return decodeURIComponent(path.replace(/^\//, ""));
  } catch {
    return path.replace(/^\//, "");
  }
}

async function read(s3: Platform["aws"]["s3"], Bucket: string, Key: string, ask: Ask): Promise<Answer> {
  const since = headerValue(ask.headers, "if-modified-since");
  const input = {
    Bucket,
    Key,
    IfNoneMatch: headerValue(ask.headers, "if-none-match"),
    IfMatch: headerValue(ask.headers, "if-match"),
    ...(since === undefined ? {} : { IfModifiedSince: new Date(since) }),
  };
  if (ask.method === "HEAD") {
    const head = await s3.headObject(input);
    return { status: 200, headers: objectHeaders(head), body: Readable.from([]) };
  }
  const object = await s3.getObject({ ...input, Range: headerValue(ask.headers, "range") });
  const body = object.Body instanceof Readable ? object.Body : Readable.from([]);
  const status = object.ContentRange === undefined ? 200 : 206;
  return { status, headers: objectHeaders(object), body };
}

function objectHeaders(object: GetObjectCommandOutput | HeadObjectCommandOutput): HeaderLines {
  const metadata = Object.entries(object.Metadata ?? {}).map(
    ([name, value]) => [`x-amz-meta-${name}`, value] as const,
  );
  const lines: readonly (readonly [string, string | number | undefined])[] = [
    ["Content-Type", object.ContentType ?? "binary/octet-stream"],
    ["Content-Length", object.ContentLength],
    ["Content-Range", object.ContentRange],
    ["Content-Encoding", object.ContentEncoding],
    ["Content-Disposition", object.ContentDisposition],
    ["Content-Language", object.ContentLanguage],
    ["Cache-Control", object.CacheControl],
    ["Expires", object.ExpiresString],
    ["ETag", object.ETag],
    ["Last-Modified", object.LastModified?.toUTCString()],
    ["Accept-Ranges", "bytes"],
    ["x-amz-server-side-encryption", object.ServerSideEncryption],
    ["x-amz-version-id", object.VersionId],
    ...metadata,
    ["Server", "AmazonS3"],
  ];
  return lines.flatMap(([name, value]): HeaderLine[] => (value === undefined ? [] : [[name, String(value)]]));
}

/** A reader who may not list the bucket is not told what is missing: 403 in place of 404. */
function failureAnswer(error: unknown, key: string, mayList: boolean): Answer {
  const { name = "InternalError", message = "", status = 500 } = failureOf(error);
  if (status === 304) return { status, headers: [], body: Readable.from([]) };
  if (status === 404 && name !== "NoSuchBucket") {
    return mayList
      ? failed("NoSuchKey", "The specified key does not exist.", 404, key)
      : failed("AccessDenied", "Access Denied", 403, key);
  }
  return failed(name, message, status, key);
}

function failureOf(error: unknown): {
  readonly name?: string;
  readonly message?: string;
  readonly status?: number;
} {
  if (!(error instanceof Error)) return {};
  const metadata: unknown = Reflect.get(error, "$metadata");
  const status =
    typeof metadata === "object" && metadata !== null ? Reflect.get(metadata, "httpStatusCode") : undefined;
  return { name: error.name, message: error.message, ...(typeof status === "number" ? { status } : {}) };
}

const xml = new XMLBuilder({ ignoreAttributes: false });

function failed(Code: string, Message: string, status: number, Key: string): Answer {
  const body = xml.build({
    "?xml": { "@_version": "1.0", "@_encoding": "UTF-8" },
    Error: { Code, Message, Key },
  });
  const headers = [
    ["Content-Type", "application/xml"],
    ["Server", "AmazonS3"],
  ] as const;
  return answerOf(status, headers, body);
}
