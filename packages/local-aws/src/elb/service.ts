import type { Platform } from "../platform.ts";
import type { OwnService } from "../service.ts";
import { createConfigurationCache } from "./configuration-cache.ts";
import { targetOperations } from "./operations.ts";
import { balancerPlane } from "./plane.ts";
import { probeWithin } from "./probe.ts";
import { readConfiguration } from "./read-configuration.ts";
import { createRouter, type Router } from "./router.ts";
import { createTargets, type Registrations, type Targets } from "./targets.ts";

/** elbv2 with load balancers that balance; `router` is their data plane for those who are not the front door. */
export interface LoadBalancing extends OwnService {
  readonly router: Router;
}

/**
 * Elastic Load Balancing v2. moto keeps load balancers, listeners, rules and target groups; targets, their health and
 * the traffic are ours.
 */
export async function createLoadBalancing(platform: Platform): Promise<LoadBalancing> {
  const { clock, aws, log, networks } = platform;
  const store = await platform.store<Registrations>("elb-targets", {});
  const targets: Targets = createTargets(store, clock, probeWithin(networks.holds));
  const cache = createConfigurationCache(() => readConfiguration(aws.elbv2), clock, targets.follow);
  const router = createRouter(cache, targets, { log, holds: networks.holds });
  return {
    model: "elbv2",
    moto: true,
    operations: targetOperations(cache, targets),
    planes: [balancerPlane(cache, router)],
    router,
    start: async () => {
      await cache.current();
    },
    stop: async () => targets.stop(),
  };
}
