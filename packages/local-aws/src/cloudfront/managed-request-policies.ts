import type {
  OriginRequestPolicyConfig,
  OriginRequestPolicyHeaderBehavior,
} from "@aws-sdk/client-cloudfront";

function requestPolicy(
  Name: string,
  Comment: string,
  HeaderBehavior: OriginRequestPolicyHeaderBehavior,
  headers: readonly string[],
  [cookies, query]: readonly ["none" | "all", "none" | "all"],
): OriginRequestPolicyConfig {
  return {
    Name,
    Comment,
    HeadersConfig: {
      HeaderBehavior,
      ...(headers.length === 0 ? {} : { Headers: { Quantity: headers.length, Items: [...headers] } }),
    },
    CookiesConfig: { CookieBehavior: cookies },
    QueryStringsConfig: { QueryStringBehavior: query },
  };
}

const cors = ["origin", "access-control-request-headers", "access-control-request-method"];
const cloudFrontHeaders = [
  "CloudFront-Forwarded-Proto",
  "CloudFront-Is-Android-Viewer",
  "CloudFront-Is-Desktop-Viewer",
  "CloudFront-Is-IOS-Viewer",
  "CloudFront-Is-Mobile-Viewer",
  "CloudFront-Is-SmartTV-Viewer",
  "CloudFront-Is-Tablet-Viewer",
  "CloudFront-Viewer-Address",
  "CloudFront-Viewer-ASN",
  "CloudFront-Viewer-City",
  "CloudFront-Viewer-Country",
  "CloudFront-Viewer-Country-Name",
  "CloudFront-Viewer-Country-Region",
  "CloudFront-Viewer-Country-Region-Name",
  "CloudFront-Viewer-Http-Version",
  "CloudFront-Viewer-Latitude",
  "CloudFront-Viewer-Longitude",
  "CloudFront-Viewer-Metro-Code",
  "CloudFront-Viewer-Postal-Code",
  "CloudFront-Viewer-Time-Zone",
  "CloudFront-Viewer-TLS",
];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
export const managedRequestPolicies: Readonly<Record<string, OriginRequestPolicyConfig>> = {
  "216adef6-5c7f-47e4-b989-5492eafa07d3": requestPolicy(
    "Managed-AllViewer",
    "Policy to forward all parameters in viewer requests",
    "allViewer",
    [],
    ["all", "all"],
  ),
  "33f36d7e-f396-46d9-90e0-52428a34d9dc": requestPolicy(
    "Managed-AllViewerAndCloudFrontHeaders-2022-06",
    "Policy to forward all parameters in viewer requests and CloudFront headers that were released through June 2022",
    "allViewerAndWhitelistCloudFront",
    cloudFrontHeaders,
    ["all", "all"],
  ),
  "b689b0a8-53d0-40ab-baf2-68738e2966ac": requestPolicy(
    "Managed-AllViewerExceptHostHeader",
    "Policy to forward all parameters in viewer requests except for the Host header",
    "allExcept",
    ["host"],
    ["all", "all"],
  ),
  "59781a5b-3903-41f3-afcb-af62929ccde1": requestPolicy(
    "Managed-CORS-CustomOrigin",
    "Policy for CORS with a custom origin",
    "whitelist",
    ["origin"],
    ["none", "none"],
  ),
  "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": requestPolicy(
    "Managed-CORS-S3Origin",
    "Policy for S3 origin with CORS",
    "whitelist",
    cors,
    ["none", "none"],
  ),
  "775133bc-15f2-49f9-abea-afb2e0bf67d2": requestPolicy(
    "Managed-Elemental-MediaTailor-PersonalizedManifests",
    "Policy for Elemental MediaTailor Personalized Manifests",
    "whitelist",
    [...cors, "user-agent", "x-forwarded-for"],
    ["none", "all"],
  ),
  "bf0718e1-ba1e-49d1-88b1-f726733018ae": requestPolicy(
    "Managed-HostHeaderOnly",
    "Policy to forward the Host header",
    "whitelist",
    ["host"],
    ["none", "none"],
  ),
  "acba4595-bd28-49b8-b9fe-13317c0390fa": requestPolicy(
    "Managed-UserAgentRefererHeaders",
    "Policy to forward user-agent and referer headers to origin",
    "whitelist",
    ["user-agent", "referer"],
    ["none", "none"],
  ),
};
