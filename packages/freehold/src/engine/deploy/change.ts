import type { Service } from "@aws-sdk/client-ecs";

/**
 * What a service still needs to run a revision: `deploy` a new deployment, `scale` another count alone, `wait` only patience
 * (an earlier run has started it), `none` nothing.
 */
export type PendingChange = "deploy" | "scale" | "wait" | "none";

export function pendingChange(
  service: Pick<Service, "taskDefinition" | "desiredCount" | "deployments">,
  wanted: { readonly revision: { readonly arn: string }; readonly count?: number },
): PendingChange {
  const primary = service.deployments?.find((one) => one.status === "PRIMARY");
  if (service.taskDefinition !== wanted.revision.arn || primary?.rolloutState === "FAILED") return "deploy";
  if (wanted.count !== undefined && service.desiredCount !== wanted.count) return "scale";
  return primary?.rolloutState === "IN_PROGRESS" ? "wait" : "none";
}
