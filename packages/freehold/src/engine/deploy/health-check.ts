import type { TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Ports } from "../ports.ts";
import type { Explanation } from "../task/stop-cause.ts";

/** A service's check, and what came of it. */
export interface CheckRequest {
  /** The service's name in the file. */
  readonly service: string;
  readonly port: number;
  /** In the load balancer's words. */
  readonly finding: string;
}

/** What the load balancer asked and what it got, by what its target group says of the check. */
export async function explainCheck(
  targetGroup: string,
  request: CheckRequest,
  ports: Ports,
): Promise<Explanation> {
  const balancing = await ports.aws.loadBalancing();
  const { TargetGroups = [] } = await balancing.describeTargetGroups({ TargetGroupArns: [targetGroup] });
  return renderCheck(TargetGroups[0] ?? {}, request);
}

/** See https://docs.aws.amazon.com/elasticloadbalancing/latest/application/check-target-health.html#target-health-reason-codes. */
export function renderCheck(group: TargetGroup, { service, port, finding }: CheckRequest): Explanation {
  const setting = `services.${service}.x-freehold.health`;
  const asked = `GET ${group.HealthCheckPath ?? "/"} on port ${port}`;
  const told = (what: string, hint: string) => ({
    message: `It runs, but does not pass its health check: ${asked} was ${what}.`,
    hint,
  });
  const codes = /these codes: \[([\d, ]+)\]/.exec(finding)?.[1];
  if (codes !== undefined) {
    return told(
      `answered with ${codes}, not ${group.Matcher?.HttpCode ?? "200"}`,
      `Path and codes are ${setting}.`,
    );
  }
  if (/timed out/i.test(finding)) {
    const hint = `A slow start is given more time with ${setting}.grace.`;
    return told(`not answered within ${group.HealthCheckTimeoutSeconds ?? 5} s`, hint);
  }
  return told(
    "not answered: nothing listens there",
    `It has to listen on port ${port} on all addresses (0.0.0.0), not on localhost alone.`,
  );
}
