import type { HealthCheck } from "../../app/application.ts";
import type { Ports } from "../ports.ts";

/** What a target group asks of its targets. */
export type Check = Omit<HealthCheck, "grace">;

/** Errors: AWS's own. */
export async function readCheck(targetGroup: string, ports: Ports): Promise<Check> {
  const balancing = await ports.aws.loadBalancing();
  const { TargetGroups = [] } = await balancing.describeTargetGroups({ TargetGroupArns: [targetGroup] });
  const [group = {}] = TargetGroups;
  return {
    path: group.HealthCheckPath ?? "",
    codes: group.Matcher?.HttpCode ?? "",
    interval: group.HealthCheckIntervalSeconds ?? 0,
    timeout: group.HealthCheckTimeoutSeconds ?? 0,
    healthy: group.HealthyThresholdCount ?? 0,
    unhealthy: group.UnhealthyThresholdCount ?? 0,
  };
}

/** See https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroup.html. */
export async function writeCheck(targetGroup: string, check: Check, ports: Ports): Promise<void> {
  const balancing = await ports.aws.loadBalancing();
  await balancing.modifyTargetGroup({
    TargetGroupArn: targetGroup,
    HealthCheckPath: check.path,
    Matcher: { HttpCode: check.codes },
    HealthCheckIntervalSeconds: check.interval,
    HealthCheckTimeoutSeconds: check.timeout,
    HealthyThresholdCount: check.healthy,
    UnhealthyThresholdCount: check.unhealthy,
  });
}

export function isSameCheck(one: Check, other: Check): boolean {
  return (
    isSameQuestion(one, other) &&
    one.interval === other.interval &&
    one.timeout === other.timeout &&
    one.healthy === other.healthy &&
    one.unhealthy === other.unhealthy
  );
}

/** Whether what passes one passes the other. */
export function isSameQuestion(one: Check, other: Check): boolean {
  return one.path === other.path && one.codes === other.codes;
}

/**
 * What the tasks of two releases pass alike, while both are targets: whoever does not know the path answers 404, and lives.
 */
export function bridgeTo(check: Check): Check {
  return { ...check, codes: "200-499" };
}

/** Seconds after which a target that fails a check from now on is told to be unhealthy. */
export function verdictSeconds({ interval, timeout, unhealthy }: Check): number {
  return interval * unhealthy + timeout;
}
