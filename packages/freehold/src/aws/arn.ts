import type { Scope } from "./scope.ts";

/** `arn:aws:ecs:us-east-1:111111111111:<resource>` in the scope's account and region. */
export function arnOf(scope: Scope, service: string, resource: string): string {
  const { account, region } = scope.facts;
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
