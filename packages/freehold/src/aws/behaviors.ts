import type { Site, Web } from "../app/application.ts";
import type { Ref } from "../terraform/expression.ts";
import { pathPatterns } from "./path-patterns.ts";
import { depth } from "./priorities.ts";

/** Managed policies of CloudFront; the same ids in every account (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html). */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const securityHeaders = "67f7725c-6f97-4210-82d7-5512b31e9d03";

const everyMethod = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
const readingMethods = ["GET", "HEAD"];

/** Where a public path leads. */
export type Route =
  | { readonly kind: "web"; readonly path: string }
  | { readonly kind: "site"; readonly path: string; readonly originId: string; readonly functionArn: Ref };

export const loadBalancerOrigin = "load-balancer";

export function webRoute({ path }: Web): Route {
  return { kind: "web", path };
}

export function siteRoute({ name, path }: Site, functionArn: Ref): Route {
  return { kind: "site", path, originId: siteOrigin(name), functionArn };
}

export function siteOrigin(name: string): string {
  return `site-${name}`;
}

/** What answers where no path matches: the route of `/`, else the load balancer, whose answer is 404. */
export function defaultBehavior(routes: readonly Route[]) {
  return behavior(routes.find((route) => route.path === "/") ?? { kind: "web", path: "/" });
}

/** CloudFront takes the first pattern that matches: deeper paths first. */
export function orderedBehaviors(routes: readonly Route[]) {
  return routes
    .filter((route) => route.path !== "/")
    .sort((a, b) => depth(b.path) - depth(a.path) || (a.path < b.path ? -1 : 1))
    .flatMap((route) =>
      pathPatterns(route.path).map((path_pattern) => ({ ...behavior(route), path_pattern })),
    );
}

function behavior(route: Route) {
  return route.kind === "web" ? webBehavior() : siteBehavior(route);
}

/** The service sees the request as the viewer sent it and the viewer sees its answer, errors too. */
function webBehavior() {
  return {
    target_origin_id: loadBalancerOrigin,
    viewer_protocol_policy: "redirect-to-https",
    allowed_methods: everyMethod,
    cached_methods: readingMethods,
    compress: true,
    cache_policy_id: cachingDisabled,
    origin_request_policy_id: allViewer,
    response_headers_policy_id: securityHeaders,
  };
}

/** No origin request policy: S3 refuses a forwarded Host. */
function siteBehavior({ originId, functionArn }: Extract<Route, { kind: "site" }>) {
  return {
    target_origin_id: originId,
    viewer_protocol_policy: "redirect-to-https",
    allowed_methods: readingMethods,
    cached_methods: readingMethods,
    compress: true,
    cache_policy_id: cachingOptimized,
    response_headers_policy_id: securityHeaders,
    function_association: [{ event_type: "viewer-request", function_arn: functionArn }],
  };
}
