import type {
  ResponseHeadersPolicyConfig,
  ResponseHeadersPolicyCorsConfig,
  ResponseHeadersPolicySecurityHeadersConfig,
} from "@aws-sdk/client-cloudfront";

const security: ResponseHeadersPolicySecurityHeadersConfig = {
  XSSProtection: { Override: false, Protection: true, ModeBlock: true },
  FrameOptions: { Override: false, FrameOption: "SAMEORIGIN" },
  ReferrerPolicy: { Override: false, ReferrerPolicy: "strict-origin-when-cross-origin" },
  ContentTypeOptions: { Override: true },
  StrictTransportSecurity: {
    Override: false,
    IncludeSubdomains: false,
    Preload: false,
    AccessControlMaxAgeSec: 31_536_000,
  },
};

const simple: ResponseHeadersPolicyCorsConfig = {
  AccessControlAllowOrigins: { Quantity: 1, Items: ["*"] },
  AccessControlAllowHeaders: { Quantity: 1, Items: ["*"] },
  AccessControlAllowMethods: { Quantity: 2, Items: ["GET", "HEAD"] },
  AccessControlAllowCredentials: false,
  OriginOverride: false,
};

const preflight: ResponseHeadersPolicyCorsConfig = {
  ...simple,
  AccessControlAllowMethods: {
    Quantity: 7,
    Items: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
  },
  AccessControlExposeHeaders: { Quantity: 1, Items: ["*"] },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
export const managedHeadersPolicies: Readonly<Record<string, ResponseHeadersPolicyConfig>> = {
  "67f7725c-6f97-4210-82d7-5512b31e9d03": {
    Name: "Managed-SecurityHeadersPolicy",
    Comment: "Adds a set of security headers to every response",
    SecurityHeadersConfig: security,
  },
  "60669652-455b-4ae9-85a4-c4c02393f86c": {
    Name: "Managed-SimpleCORS",
    Comment: "Allows all origins for simple CORS requests",
    CorsConfig: simple,
  },
  "5cc3b908-e619-4b99-88e5-2cf7f45965bd": {
    Name: "Managed-CORS-With-Preflight",
    Comment: "Allows all origins for CORS requests, including preflight requests",
    CorsConfig: preflight,
  },
  "e61eb60c-9c35-4d20-a928-2b84e02af89c": {
    Name: "Managed-CORS-and-SecurityHeadersPolicy",
    Comment: "Allows all origins for simple CORS requests and adds security headers",
    CorsConfig: simple,
    SecurityHeadersConfig: security,
  },
  "eaab4381-ed33-4a86-88ca-d9558dc6cd63": {
    Name: "Managed-CORS-with-preflight-and-SecurityHeadersPolicy",
    Comment: "Allows all origins for CORS requests, including preflight requests, and adds security headers",
    CorsConfig: preflight,
    SecurityHeadersConfig: security,
  },
};
