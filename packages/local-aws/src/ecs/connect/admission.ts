import type { EC2, IpPermission } from "@aws-sdk/client-ec2";
import type { Clock } from "../../platform.ts";
import type { Task } from "../tasks/task.ts";
import type { Endpoint } from "./endpoints.ts";

/** Says whether the rules of a task's security groups let another task in. */
export type Admission = (from: Task, to: Endpoint) => Promise<boolean>;

/** Milliseconds for which rules are remembered. */
const remembered = 1_000;

/**
 * Asks EC2 for the rules. Those that name a group are judged; those that name a range let all in, as addresses here are not the
 * VPC's. A task without groups has the VPC's own, which is not judged.
 * See https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html.
 */
export function createAdmission(
  aws: { readonly ec2: Pick<EC2, "describeSecurityGroups"> },
  clock: Clock,
): Admission {
  const known = new Map<string, { readonly at: number; readonly rules: Promise<readonly IpPermission[]> }>();
  const rulesOf = (groups: readonly string[]): Promise<readonly IpPermission[]> => {
    const key = groups.join(" ");
    const now = clock.now().getTime();
    const found = known.get(key);
    if (found !== undefined && now - found.at < remembered) return found.rules;
    const asked = aws.ec2.describeSecurityGroups({ GroupIds: [...groups] });
    const rules = asked.then(({ SecurityGroups = [] }) =>
      SecurityGroups.flatMap(({ IpPermissions = [] }) => IpPermissions),
    );
    known.set(key, { at: now, rules });
    return rules;
  };
  return async (from, { task, port }) => {
    const groups = task.network.securityGroups ?? [];
    const own = from.network.securityGroups ?? [];
    if (groups.length === 0 || own.length === 0) return true;
    const rules = await rulesOf(groups);
    return rules.some((rule) => covers(rule, port) && lets(rule, own));
  };
}

function covers({ IpProtocol, FromPort = 0, ToPort = 65_535 }: IpPermission, port: number): boolean {
  return IpProtocol === "-1" || (IpProtocol === "tcp" && FromPort <= port && port <= ToPort);
}

function lets({ UserIdGroupPairs = [], IpRanges = [] }: IpPermission, groups: readonly string[]): boolean {
  return IpRanges.length > 0 || UserIdGroupPairs.some(({ GroupId = "" }) => groups.includes(GroupId));
}
