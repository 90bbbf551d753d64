import type {
  ResponseHeadersPolicyConfig,
  ResponseHeadersPolicyCorsConfig,
  ResponseHeadersPolicySecurityHeadersConfig,
} from "@aws-sdk/client-cloudfront";
import {
  type HeaderLine,
  type HeaderLines,
  headerValue,
  withHeaders,
  withoutHeaders,
} from "../../elb/headers.ts";
import { matchesPattern } from "../../elb/pattern.ts";

interface Added {
  readonly line: HeaderLine;
  /** Whether it takes the place of the origin's. */
  readonly override: boolean;
}

/** A response's headers after a response headers policy; `request` and `method` decide on CORS. */
export function applyHeadersPolicy(
  policy: ResponseHeadersPolicyConfig,
  headers: HeaderLines,
  method: string,
  request: HeaderLines,
): HeaderLines {
  const removed = (policy.RemoveHeadersConfig?.Items ?? []).map(({ Header = "" }) => Header);
  const custom = (policy.CustomHeadersConfig?.Items ?? []).map(
    ({ Header = "", Value = "", Override = false }): Added => ({ line: [Header, Value], override: Override }),
  );
  return [
    ...securityHeaders(policy.SecurityHeadersConfig),
    ...corsHeaders(policy.CorsConfig, method, request),
    ...custom,
  ].reduce(
    (lines, { line, override }) =>
      override || headerValue(lines, line[0]) === undefined ? withHeaders(lines, [line]) : lines,
    withoutHeaders(headers, removed),
  );
}

function securityHeaders(config: ResponseHeadersPolicySecurityHeadersConfig = {}): readonly Added[] {
  const { XSSProtection, FrameOptions, ReferrerPolicy, ContentSecurityPolicy, ContentTypeOptions } = config;
  const { StrictTransportSecurity } = config;
  return [
    ...added("X-XSS-Protection", XSSProtection, ({ Protection, ModeBlock, ReportUri }) =>
      [Protection ? "1" : "0", ModeBlock ? "mode=block" : "", ReportUri ? `report=${ReportUri}` : ""]
        .filter(Boolean)
        .join("; "),
    ),
    ...added("X-Frame-Options", FrameOptions, ({ FrameOption }) => FrameOption),
    ...added("Referrer-Policy", ReferrerPolicy, (policy) => policy.ReferrerPolicy),
    ...added("Content-Security-Policy", ContentSecurityPolicy, (policy) => policy.ContentSecurityPolicy),
    ...added("X-Content-Type-Options", ContentTypeOptions, () => "nosniff"),
    ...added("Strict-Transport-Security", StrictTransportSecurity, (policy) =>
      [
        `max-age=${policy.AccessControlMaxAgeSec}`,
        policy.IncludeSubdomains ? "includeSubDomains" : "",
        policy.Preload ? "preload" : "",
      ]
        .filter(Boolean)
        .join("; "),
    ),
  ];
}

function added<Config extends { readonly Override: boolean | undefined }>(
  name: string,
  config: Config | undefined,
  value: (config: Config) => string | undefined,
): readonly Added[] {
  const text = config && value(config);
  return text === undefined ? [] : [{ line: [name, text], override: config?.Override === true }];
}

/** Only requests with an `Origin` that the policy lists get them; the preflight ones answer `OPTIONS` alone. */
function corsHeaders(
  config: ResponseHeadersPolicyCorsConfig | undefined,
  method: string,
  request: HeaderLines,
): readonly Added[] {
  const origin = headerValue(request, "origin");
  const origins = config?.AccessControlAllowOrigins?.Items ?? [];
  if (config === undefined || origin === undefined || !origins.some((one) => matchesPattern(one, origin)))
    return [];
  const open = origins.includes("*") && config.AccessControlAllowCredentials !== true;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ["Access-Control-Allow-Origin", open ? "*" : origin],
    ["Vary", open ? undefined : "Origin"],
    ["Access-Control-Allow-Credentials", config.AccessControlAllowCredentials ? "true" : undefined],
    ["Access-Control-Expose-Headers", joined(config.AccessControlExposeHeaders?.Items)],
    ...(method === "OPTIONS" ? preflight(config) : []),
  ];
  const override = config.OriginOverride === true;
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [{ line: [name, value], override }]));
}

const everyMethod = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

function preflight(
  config: ResponseHeadersPolicyCorsConfig,
): readonly (readonly [string, string | undefined])[] {
  const methods: readonly string[] = config.AccessControlAllowMethods?.Items ?? [];
  return [
    ["Access-Control-Allow-Methods", joined(methods.includes("ALL") ? everyMethod : methods)],
    ["Access-Control-Allow-Headers", joined(config.AccessControlAllowHeaders?.Items)],
    ["Access-Control-Max-Age", config.AccessControlMaxAgeSec?.toString()],
  ];
}

function joined(values: readonly string[] | undefined): string | undefined {
  return values === undefined || values.length === 0 ? undefined : values.join(", ");
}
