import type { CachePolicyConfig } from "@aws-sdk/client-cloudfront";

const year = 31_536_000;
const day = 86_400;

interface Key {
  readonly gzip?: boolean;
  readonly brotli?: boolean;
  readonly headers?: readonly string[];
  readonly cookies?: "none" | "all";
  readonly query?: "none" | "all" | readonly string[];
}

function cachePolicy(
  Name: string,
  Comment: string,
  [MinTTL, DefaultTTL, MaxTTL]: readonly [number, number, number],
  key: Key,
): CachePolicyConfig {
  const { gzip = true, brotli = true, headers = [], cookies = "none", query = "none" } = key;
  return {
    Name,
    Comment,
    MinTTL,
    DefaultTTL,
    MaxTTL,
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingGzip: gzip,
      EnableAcceptEncodingBrotli: brotli,
      HeadersConfig:
        headers.length === 0
          ? { HeaderBehavior: "none" }
          : { HeaderBehavior: "whitelist", Headers: { Quantity: headers.length, Items: [...headers] } },
      CookiesConfig: { CookieBehavior: cookies },
      QueryStringsConfig:
        typeof query === "string"
          ? { QueryStringBehavior: query }
          : { QueryStringBehavior: "whitelist", QueryStrings: { Quantity: query.length, Items: [...query] } },
    },
  };
}

const originHeaders = ["host", "origin", "x-http-method", "x-http-method-override", "x-method-override"];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
export const managedCachePolicies: Readonly<Record<string, CachePolicyConfig>> = {
  "2e54312d-136d-493c-8eb9-b001f22f67d2": cachePolicy(
    "Managed-Amplify",
    "Policy for Amplify Origin",
    [2, 2, 600],
    {
      headers: ["Authorization", "CloudFront-Viewer-Country", "Host"],
      cookies: "all",
      query: "all",
    },
  ),
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": cachePolicy(
    "Managed-CachingDisabled",
    "Policy with caching disabled",
    [0, 0, 0],
    { gzip: false, brotli: false },
  ),
  "658327ea-f89d-4fab-a63d-7e88639e58f6": cachePolicy(
    "Managed-CachingOptimized",
    "Policy with caching enabled. Supports Gzip and Brotli compression.",
    [1, day, year],
    {},
  ),
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": cachePolicy(
    "Managed-CachingOptimizedForUncompressedObjects",
    "Default policy when compression is disabled",
    [1, day, year],
    { gzip: false, brotli: false },
  ),
  "08627262-05a9-4f76-9ded-b50ca2e3a84f": cachePolicy(
    "Managed-Elemental-MediaPackage",
    "Policy for Elemental MediaPackage Origin",
    [0, day, year],
    { brotli: false, headers: ["origin"], query: ["aws.manifestfilter", "start", "end", "m"] },
  ),
  "83da9c7e-98b4-4e11-a168-04f0df8e2c65": cachePolicy(
    "UseOriginCacheControlHeaders",
    "Policy for origins that return Cache-Control headers. Query strings are not included in the cache key.",
    [0, 0, year],
    { headers: originHeaders, cookies: "all" },
  ),
  "4cc15a8a-d715-48a4-82b8-cc0b614638fe": cachePolicy(
    "UseOriginCacheControlHeaders-QueryStrings",
    "Policy for origins that return Cache-Control headers and serve different content based on values present in the query string.",
    [0, 0, year],
    { headers: originHeaders, cookies: "all", query: "all" },
  ),
};
