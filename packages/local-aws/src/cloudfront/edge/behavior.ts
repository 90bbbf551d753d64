import type { CacheBehavior, DefaultCacheBehavior, DistributionConfig } from "@aws-sdk/client-cloudfront";
import { matchesPattern } from "../../elb/pattern.ts";

export type Behavior = DefaultCacheBehavior | CacheBehavior;

/** The first behaviour whose path pattern matches, else the default one; a pattern's leading `/` is optional. */
export function chooseBehavior(config: DistributionConfig, path: string): Behavior | undefined {
  const found = config.CacheBehaviors?.Items?.find(({ PathPattern = "" }) =>
    matchesPattern(PathPattern.startsWith("/") ? PathPattern : `/${PathPattern}`, path),
  );
  return found ?? config.DefaultCacheBehavior;
}

export function allowsMethod(behavior: Behavior, method: string): boolean {
  return (behavior.AllowedMethods?.Items ?? ["GET", "HEAD"]).some((allowed) => allowed === method);
}

export function cachesMethod(behavior: Behavior, method: string): boolean {
  if (method === "GET" || method === "HEAD") return true;
  return method === "OPTIONS" && (behavior.AllowedMethods?.CachedMethods?.Items ?? []).includes("OPTIONS");
}
