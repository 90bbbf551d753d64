import type { HealthCheck } from "./application.ts";

/** The load balancer's check where the file says nothing else; times in seconds. */
const healthDefaults = { interval: 5, timeout: 4, healthy: 2, unhealthy: 5, grace: 60 } as const;

/** Any answer below 500 will do while nobody has said which path tells health. */
const codesWithoutPath = "200-499";
const codesWithPath = "200-399";

/** Fills in what the file leaves open. */
export function healthCheck(given: Partial<HealthCheck>): HealthCheck {
  const codes = given.path === undefined ? codesWithoutPath : codesWithPath;
  return { path: "/", codes, ...healthDefaults, ...given };
}
