import type { CustomErrorResponse } from "@aws-sdk/client-cloudfront";
import { type HeaderLines, headerValue } from "../../elb/headers.ts";
import type { CachePlan } from "./selection.ts";

/** Statuses whose error answers are cached whatever the origin says, and those where it must name an age. */
const alwaysCached = [404, 410, 414, 500, 501, 502, 503, 504];
const cachedWithAge = [400, 403, 405, 412, 415];
/** Errors that heed `no-store`, `no-cache` and `private`. */
const heeding = [404, 410, 414, 501];

/** Seconds that a cached answer may serve; 0: it is not kept. */
export function timeToLive(
  status: number,
  headers: HeaderLines,
  plan: CachePlan,
  errors: readonly CustomErrorResponse[],
  now: Date,
): number {
  if (plan.maximum === 0) return 0;
  const said = originAge(headers, now);
  if (status >= 400) return errorTimeToLive(status, said, plan, errors);
  if (![200, 203, 204, 300, 301, 302, 307, 308].includes(status)) return 0;
  if (said === "never") return plan.minimum;
  if (said === undefined) return Math.max(plan.minimum, plan.usual);
  return Math.min(Math.max(said, plan.minimum), plan.maximum);
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html */
function errorTimeToLive(
  status: number,
  said: number | "never" | undefined,
  plan: CachePlan,
  errors: readonly CustomErrorResponse[],
): number {
  const configured = errors.find(({ ErrorCode }) => ErrorCode === status);
  const least = configured?.ErrorCachingMinTTL ?? 10;
  if (said === "never" && heeding.includes(status)) return 0;
  const age = typeof said === "number" ? Math.min(said, plan.maximum) : undefined;
  if (alwaysCached.includes(status)) return Math.max(least, age ?? 0);
  return cachedWithAge.includes(status) && age !== undefined ? Math.max(least, age) : 0;
}

/** What `Cache-Control` or `Expires` says, in seconds; `s-maxage` before `max-age` before `Expires`. */
function originAge(headers: HeaderLines, now: Date): number | "never" | undefined {
  const directives = (headerValue(headers, "cache-control") ?? "")
    .toLowerCase()
    .split(",")
    .map((directive) => directive.trim());
  if (directives.some((directive) => /^(no-store|no-cache|private)\b/.test(directive))) return "never";
  for (const name of ["s-maxage", "max-age"]) {
    const found = directives.find((directive) => directive.startsWith(`${name}=`));
    const seconds = Number(found?.slice(name.length + 1));
    if (found !== undefined && Number.isFinite(seconds)) return seconds;
  }
  const expires = Date.parse(headerValue(headers, "expires") ?? "");
  return Number.isNaN(expires) ? undefined : Math.max(0, Math.floor((expires - now.getTime()) / 1000));
}
