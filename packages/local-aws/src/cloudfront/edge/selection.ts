import type {
  CachePolicyConfig,
  ForwardedValues,
  OriginRequestPolicyConfig,
  ParametersInCacheKeyAndForwardedToOrigin,
} from "@aws-sdk/client-cloudfront";
import type { HeaderLine } from "../../elb/headers.ts";

/** Which of the viewer's headers, cookies or query parameters are meant. */
export type Names =
  | { readonly kind: "none" }
  | { readonly kind: "all" }
  | { readonly kind: "only"; readonly names: readonly string[] }
  | { readonly kind: "except"; readonly names: readonly string[] };

export interface Selection {
  readonly headers: Names;
  readonly cookies: Names;
  readonly query: Names;
}

/** How a behaviour caches and what takes part in the key, whichever way the distribution says it. */
export interface CachePlan {
  /** Seconds. */
  readonly minimum: number;
  readonly usual: number;
  readonly maximum: number;
  readonly key: Selection;
  readonly encodings: readonly ("gzip" | "br")[];
}

const none: Names = { kind: "none" };
const year = 31_536_000;

export function cachePlan(config: CachePolicyConfig): CachePlan {
  const parameters = config.ParametersInCacheKeyAndForwardedToOrigin;
  return {
    minimum: config.MinTTL ?? 0,
    usual: config.DefaultTTL ?? 86_400,
    maximum: config.MaxTTL ?? year,
    key: keyOf(parameters),
    encodings: [
      ...(parameters?.EnableAcceptEncodingBrotli === true ? (["br"] as const) : []),
      ...(parameters?.EnableAcceptEncodingGzip === true ? (["gzip"] as const) : []),
    ],
  };
}

function keyOf(parameters: ParametersInCacheKeyAndForwardedToOrigin | undefined): Selection {
  const { HeadersConfig: headers, CookiesConfig: cookies, QueryStringsConfig: query } = parameters ?? {};
  return {
    headers: named(headers?.HeaderBehavior, headers?.Headers?.Items),
    cookies: named(cookies?.CookieBehavior, cookies?.Cookies?.Items),
    query: named(query?.QueryStringBehavior, query?.QueryStrings?.Items),
  };
}

/** The older way, without policies: what is forwarded is the key. */
export function legacyPlan(
  values: ForwardedValues | undefined,
  ttl: {
    readonly MinTTL?: number | undefined;
    readonly DefaultTTL?: number | undefined;
    readonly MaxTTL?: number | undefined;
  },
): CachePlan {
  const headers = values?.Headers?.Items ?? [];
  const keys = values?.QueryStringCacheKeys?.Items ?? [];
  return {
    minimum: ttl.MinTTL ?? 0,
    usual: ttl.DefaultTTL ?? 86_400,
    maximum: headers.includes("*") ? 0 : (ttl.MaxTTL ?? year),
    key: {
      headers: headers.includes("*") ? { kind: "all" } : named("whitelist", headers),
      cookies: named(values?.Cookies?.Forward, values?.Cookies?.WhitelistedNames?.Items),
      query:
        values?.QueryString !== true ? none : keys.length === 0 ? { kind: "all" } : named("whitelist", keys),
    },
    encodings: [],
  };
}

/** What goes to the origin beyond the cache key. */
export function forwarding(config: OriginRequestPolicyConfig | undefined): Selection {
  const { HeadersConfig: headers, CookiesConfig: cookies, QueryStringsConfig: query } = config ?? {};
  return {
    headers: named(headers?.HeaderBehavior, headers?.Headers?.Items),
    cookies: named(cookies?.CookieBehavior, cookies?.Cookies?.Items),
    query: named(query?.QueryStringBehavior, query?.QueryStrings?.Items),
  };
}

function named(behavior: string | undefined, names: readonly string[] = []): Names {
  switch (behavior) {
    case "all":
    case "allViewer":
    case "allViewerAndWhitelistCloudFront":
      return { kind: "all" };
    case "whitelist":
      return { kind: "only", names };
    case "allExcept":
      return { kind: "except", names };
    default:
      return none;
  }
}

/** Header names ignore case; those of cookies and query parameters do not. */
export function selects(names: Names, name: string, options: { ignoreCase?: boolean } = {}): boolean {
  if (names.kind === "all" || names.kind === "none") return names.kind === "all";
  const same =
    options.ignoreCase === true
      ? (one: string) => one.toLowerCase() === name.toLowerCase()
      : (one: string) => one === name;
  return names.names.some(same) === (names.kind === "only");
}

/** The pairs that any of the rules selects, in their order. */
export function selectPairs(pairs: readonly HeaderLine[], ...rules: readonly Names[]): readonly HeaderLine[] {
  return pairs.filter(([name]) => rules.some((rule) => selects(rule, name)));
}

/** Query or cookie text as pairs; nothing is decoded. */
export function pairsOf(text: string, separator: "&" | ";"): readonly HeaderLine[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const equals = part.indexOf("=");
      return equals < 0 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)];
    });
}

export function joinPairs(pairs: readonly HeaderLine[], separator: "&" | "; "): string {
  return pairs.map(([name, value]) => (value === "" ? name : `${name}=${value}`)).join(separator);
}
