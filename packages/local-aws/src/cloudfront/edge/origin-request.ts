import type { Origin } from "@aws-sdk/client-cloudfront";
import type { Ask } from "../../elb/exchange.ts";
import { type HeaderLine, type HeaderLines, headerValue, withHeaders } from "../../elb/headers.ts";
import { pathOf, queryOf } from "../../elb/match.ts";
import { joinPairs, pairsOf, selectPairs, selects } from "./selection.ts";
import type { Visit } from "./visit.ts";

/** Travels with every request: it describes the body or the part of the object that is asked for. */
const always = [
  "content-type",
  "content-length",
  "content-encoding",
  "range",
  "if-match",
  "if-unmodified-since",
  "if-range",
];
const conditional = ["if-none-match", "if-modified-since"];

/**
 * What the origin is asked: the key's and the origin request policy's headers, cookies and query parameters, and what
 * CloudFront adds.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
export function originRequest(visit: Visit, origin: Origin, options: { readonly cacheable: boolean }): Ask {
  const { ask } = visit;
  return {
    ...ask,
    target: originTarget(visit, origin),
    headers: originHeaders(visit, origin, options.cacheable),
  };
}

function originTarget({ ask, plan, forward }: Visit, origin: Origin): string {
  const query = joinPairs(selectPairs(pairsOf(queryOf(ask.target), "&"), plan.key.query, forward.query), "&");
  const path = `${origin.OriginPath ?? ""}${pathOf(ask.target)}`;
  return query === "" ? path : `${path}?${query}`;
}

function originHeaders(visit: Visit, origin: Origin, cacheable: boolean): HeaderLines {
  const { ask, plan } = visit;
  const passed = passedHeaders(visit, cacheable);
  const before = headerValue(ask.headers, "x-forwarded-for");
  const encodings = plan.encodings.filter((coding) =>
    headerValue(ask.headers, "accept-encoding")?.includes(coding),
  );
  const custom = (origin.CustomHeaders?.Items ?? []).map(
    ({ HeaderName = "", HeaderValue = "" }): HeaderLine => [HeaderName, HeaderValue],
  );
  const normalized: HeaderLines = encodings.length === 0 ? [] : [["Accept-Encoding", encodings.join(",")]];
  return withHeaders(passed, [
    ...(headerValue(passed, "host") === undefined ? [["Host", origin.DomainName ?? ""] as const] : []),
    ...(headerValue(passed, "user-agent") === undefined
      ? [["User-Agent", "Amazon CloudFront"] as const]
      : []),
    ...cookieLines(visit),
    ...normalized,
    ["X-Forwarded-For", before === undefined ? ask.peer : `${before}, ${ask.peer}`],
    ["Via", via(headerValue(passed, "via"))],
    ["X-Amz-Cf-Id", visit.requestId],
    ...custom,
  ]);
}

function passedHeaders({ ask, plan, forward }: Visit, cacheable: boolean): HeaderLines {
  const also = cacheable ? always : [...always, ...conditional];
  return ask.headers.filter(([name]) => {
    const lower = name.toLowerCase();
    if (lower === "cookie" || lower === "x-forwarded-for") return false;
    if (lower === "accept-encoding" && plan.encodings.length > 0) return false;
    if (cacheable && conditional.includes(lower)) return false;
    return (
      also.includes(lower) ||
      [plan.key.headers, forward.headers].some((rule) => selects(rule, name, { ignoreCase: true }))
    );
  });
}

function cookieLines({ ask, plan, forward }: Visit): HeaderLines {
  const jar = pairsOf(headerValue(ask.headers, "cookie") ?? "", ";");
  const cookies = selectPairs(jar, plan.key.cookies, forward.cookies);
  return cookies.length === 0 ? [] : [["Cookie", joinPairs(cookies, "; ")]];
}

function via(before: string | undefined): string {
  const own = "1.1 local.cloudfront.net (CloudFront)";
  return before === undefined ? own : `${before}, ${own}`;
}
