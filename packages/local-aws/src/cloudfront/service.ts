import type { Router } from "../elb/router.ts";
import type { Platform } from "../platform.ts";
import type { OwnService } from "../service.ts";
import { accessControlOperations } from "./access-controls.ts";
import { distributionOperations } from "./distributions.ts";
import { createEdgeCache } from "./edge/cache.ts";
import { createFunctionRuntime } from "./edge/function-runtime.ts";
import { createOrigins } from "./edge/origins.ts";
import { edgePlane } from "./edge/plane.ts";
import { functionOperations } from "./functions.ts";
import { openHoldings } from "./holdings.ts";
import { invalidationOperations } from "./invalidations.ts";
import { keyValueStoreOperations } from "./key-value-stores.ts";
import { keyValueOperations } from "./key-values.ts";
import { monitoringOperations } from "./monitoring.ts";
import { openPolicies, policyOperations } from "./policies.ts";
import { tagOperations } from "./tags.ts";
import { vpcOriginOperations } from "./vpc-origins.ts";

/**
 * CloudFront and its KeyValueStore, control plane and edge. `router` is the load balancers' data plane, which VPC
 * origins and load balancers' DNS names lead to.
 */
export async function createCloudFront(platform: Platform, router: Router): Promise<readonly OwnService[]> {
  const { clock, log, settings } = platform;
  const holdings = await openHoldings(platform);
  const policies = openPolicies(holdings);
  const runtime = createFunctionRuntime();
  const cache = createEdgeCache();
  const origins = createOrigins(platform, holdings, router);
  return [
    {
      model: "cloudfront",
      moto: false,
      operations: {
        ...distributionOperations(platform, holdings, policies),
        ...accessControlOperations(holdings),
        ...functionOperations(platform, holdings, runtime),
        ...keyValueStoreOperations(platform, holdings),
        ...vpcOriginOperations(platform, holdings),
        ...policyOperations(holdings),
        ...invalidationOperations(platform, holdings, cache.drop),
        ...monitoringOperations(holdings),
        ...tagOperations(holdings),
      },
      tagged: () => Object.entries(holdings.tags.get()).map(([arn, tags]) => ({ arn, tags })),
      planes: [edgePlane({ clock, log, settings, holdings, policies, runtime, cache, origins, router })],
      stop: () => runtime.stop(),
    },
    { model: "cloudfront-keyvaluestore", moto: false, operations: keyValueOperations(holdings.keys) },
  ];
}
