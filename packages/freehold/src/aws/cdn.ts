import type { Site, Web } from "../app/application.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import type { Ref } from "../terraform/expression.ts";
import {
  defaultBehavior,
  loadBalancerOrigin,
  orderedBehaviors,
  siteOrigin,
  siteRoute,
  webRoute,
} from "./behaviors.ts";
import { nameOf } from "./names.ts";
import type { EnvironmentScope } from "./scope.ts";
import { type SiteFiles, site, siteAccess } from "./site.ts";
import { environmentHeader } from "./target-group.ts";

export interface Cdn {
  readonly blocks: readonly Block[];
  readonly domain: Ref;
  readonly distributionId: Ref;
  /** Names each site's live release; undefined without a site. */
  readonly keyValueStoreArn: Ref | undefined;
  readonly sites: readonly SiteFiles[];
}

/** The one door of an environment. Undefined when it has nothing public. */
export function cdn(scope: EnvironmentScope, webs: readonly Web[], sites: readonly Site[]): Cdn | undefined {
  if (webs.length + sites.length === 0) return undefined;
  const held = sites.length === 0 ? undefined : siteHolding(scope, sites);
  const files = held?.files ?? [];
  const main = distribution(scope, webs, files, held?.accessControlId);
  return {
    blocks: [...(held?.blocks ?? []), main, ...files.map((one) => siteAccess(one, ref(main, "arn")))],
    domain: ref(main, "domain_name"),
    distributionId: ref(main, "id"),
    keyValueStoreArn: held?.keyValueStoreArn,
    sites: files,
  };
}

/** What all sites of the environment share, and each one's files. */
function siteHolding(scope: EnvironmentScope, sites: readonly Site[]) {
  const store = resource("aws_cloudfront_key_value_store", "main", {
    name: nameOf("keyValueStore", scope.identity),
    comment: `Live releases of ${scope.environment.name}`,
  });
  const control = resource("aws_cloudfront_origin_access_control", "main", {
    name: nameOf("originAccess", scope.identity),
    description: `Sites of ${scope.environment.name}`,
    origin_access_control_origin_type: "s3",
    signing_behavior: "always",
    signing_protocol: "sigv4",
  });
  const keyValueStoreArn = ref(store, "arn");
  const files = sites.map((one) => site(scope, one, keyValueStoreArn));
  return {
    blocks: [store, control, ...files.flatMap((one) => one.blocks)],
    keyValueStoreArn,
    accessControlId: ref(control, "id"),
    files,
  };
}

/** Without custom error responses: what a service or a bucket answers arrives as it is. */
function distribution(
  scope: EnvironmentScope,
  webs: readonly Web[],
  files: readonly SiteFiles[],
  accessControlId: Ref | undefined,
) {
  const routes = [...webs.map(webRoute), ...files.map((one) => siteRoute(one.site, one.functionArn))];
  return resource("aws_cloudfront_distribution", "main", {
    comment: `${scope.identity.application} ${scope.environment.name}`.slice(0, 128),
    enabled: true,
    is_ipv6_enabled: true,
    http_version: "http2and3",
    price_class: "PriceClass_100",
    origin: [loadBalancer(scope), ...files.map((one) => siteBucket(one, accessControlId))],
    default_cache_behavior: defaultBehavior(routes),
    ordered_cache_behavior: orderedBehaviors(routes),
    restrictions: { geo_restriction: { restriction_type: "none" } },
    viewer_certificate: { cloudfront_default_certificate: true },
  });
}

/** CloudFront puts its own header in the place of a viewer's of the same name. */
function loadBalancer({ facts, environment }: EnvironmentScope) {
  return {
    origin_id: loadBalancerOrigin,
    domain_name: facts.collection.load_balancer_dns_name,
    custom_header: [{ name: environmentHeader, value: environment.name }],
    vpc_origin_config: {
      vpc_origin_id: facts.collection.vpc_origin_id,
      origin_read_timeout: 60,
      origin_keepalive_timeout: 5,
    },
  };
}

function siteBucket({ site, bucket }: SiteFiles, accessControlId: Ref | undefined) {
  return {
    origin_id: siteOrigin(site.name),
    domain_name: bucket.domainName,
    ...(accessControlId === undefined ? {} : { origin_access_control_id: accessControlId }),
  };
}
