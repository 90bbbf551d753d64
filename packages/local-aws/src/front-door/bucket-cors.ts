import type { CORSRule } from "@aws-sdk/client-s3";

/** What a page asks a bucket for, itself or by its browser's preflight. */
export interface CrossOrigin {
  readonly origin: string;
  readonly method: string;
  /** Names that a preflight announces. */
  readonly headers: readonly string[];
}

/**
 * The headers by which S3 lets a page in, from the first rule that fits; undefined where none does.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html and …/ManageCorsUsing.html
 */
export function corsHeaders(
  rules: readonly CORSRule[],
  asked: CrossOrigin,
): Readonly<Record<string, string>> | undefined {
  const rule = rules.find((each) => fits(each, asked));
  if (rule === undefined) return undefined;
  const isForAll = rule.AllowedOrigins?.includes("*") === true;
  const { ExposeHeaders: exposed = [], MaxAgeSeconds: seconds } = rule;
  return {
    "access-control-allow-origin": isForAll ? "*" : asked.origin,
    "access-control-allow-methods": (rule.AllowedMethods ?? []).join(", "),
    ...(isForAll ? {} : { "access-control-allow-credentials": "true" }),
    ...(asked.headers.length === 0 ? {} : { "access-control-allow-headers": asked.headers.join(", ") }),
    ...(exposed.length === 0 ? {} : { "access-control-expose-headers": exposed.join(", ") }),
    ...(seconds === undefined ? {} : { "access-control-max-age": String(seconds) }),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

function fits(rule: CORSRule, { origin, method, headers }: CrossOrigin): boolean {
  const { AllowedOrigins: origins = [], AllowedMethods: methods = [], AllowedHeaders: allowed = [] } = rule;
  return (
    origins.some((pattern) => matches(pattern, origin)) &&
    // A rule for GET lets in HEAD as well, as browsers take the two for one.
    methods.includes(method === "HEAD" && !methods.includes("HEAD") ? "GET" : method) &&
    headers.every((header) => allowed.some((pattern) => matches(pattern.toLowerCase(), header.toLowerCase())))
  );
}

/** A pattern has one `*` at most. */
function matches(pattern: string, value: string): boolean {
  const [before = "", after] = pattern.split("*");
  if (after === undefined) return pattern === value;
  return value.length >= before.length + after.length && value.startsWith(before) && value.endsWith(after);
}
