import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";

export interface Zone {
  readonly id: string;
  readonly name: string;
}

/** Zones without Fargate, VPC origins or RDS Proxy. Ids, not names: names differ from account to account. */
const unfit = new Set(["use1-az3", "usw1-az2", "apne1-az3", "cac1-az3"]);

/** The first zones by id that are fit; the same account always gives the same. */
export function chooseZones(zones: readonly Zone[], count: number): readonly string[] {
  return zones
    .filter((zone) => !unfit.has(zone.id))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, count)
    .map((zone) => zone.name);
}

/** Names of `count` availability zones of the region (EC2 DescribeAvailabilityZones). */
export async function zonesOfRegion(count: number, ports: Ports): Promise<readonly string[]> {
  const ec2 = await ports.aws.ec2();
  const { AvailabilityZones = [] } = await ec2.describeAvailabilityZones({
    Filters: [
      { Name: "opt-in-status", Values: ["opt-in-not-required"] },
      { Name: "state", Values: ["available"] },
    ],
  });
  const zones = AvailabilityZones.flatMap(({ ZoneId: id, ZoneName: name }) =>
    id === undefined || name === undefined ? [] : [{ id, name }],
  );
  const chosen = chooseZones(zones, count);
  if (chosen.length === count) return chosen;
  throw new UserError({
    code: "too-few-zones",
    subject: ports.aws.region,
    message: `The region offers ${chosen.length} zones that are fit; ${count} are needed.`,
    hint: "Choose another region, or fewer zones (`network.azs`).",
  });
}
