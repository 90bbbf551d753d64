import { createHash } from "node:crypto";
import type { Call } from "../service.ts";
import type { ReplicationGroup } from "./state.ts";

type Place = Pick<Call, "accountId" | "region">;
type Kind = "replicationgroup" | "cluster" | "subnetgroup" | "parametergroup";

/** `arn:aws:elasticache:<region>:<account>:<kind>:<name>` */
export function arnOf(place: Place, kind: Kind, name: string): string {
  return `arn:aws:elasticache:${place.region}:${place.accountId}:${kind}:${name}`;
}

/** DNS names of a group. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html */
export interface Addresses {
  readonly primary: string;
  readonly reader: string;
  /** By member number from 1. */
  readonly member: (number: number) => string;
}

/** With TLS the names begin with a role (`master.shop.abc123.euc1.cache…`), without it they hold the shard. */
export function addressesOf({ arn, id, tls }: Pick<ReplicationGroup, "arn" | "id" | "tls">): Addresses {
  const { hash, end } = placeOf(arn);
  if (tls) {
    const address = (role: string): string => `${role}.${id}.${hash}.${end}`;
    return {
      primary: address("master"),
      reader: address("replica"),
      member: (number) => address(memberId(id, number)),
    };
  }
  return {
    primary: `${id}.${hash}.ng.0001.${end}`,
    reader: `${id}-ro.${hash}.ng.0001.${end}`,
    member: (number) => `${memberId(id, number)}.${hash}.0001.${end}`,
  };
}

/** DNS names of a memcached cluster of one node: the one that tells of all nodes, and the node's own. */
export function clusterAddresses({ arn, id }: { readonly arn: string; readonly id: string }): {
  readonly configuration: string;
  readonly node: string;
} {
  const { hash, end } = placeOf(arn);
  return { configuration: `${id}.${hash}.cfg.${end}`, node: `${id}.${hash}.0001.${end}` };
}

/** What all names of an account's caches in a region end with. */
function placeOf(arn: string): { readonly hash: string; readonly end: string } {
  const [region = "", account = ""] = arn.split(":").slice(3);
  const digest = createHash("sha256").update(`${account}/${region}`).digest("hex");
  const hash = BigInt(`0x${digest}`).toString(36).slice(0, 6);
  return { hash, end: `${shortRegion(region)}.cache.amazonaws.com` };
}

/** `<group>-001` */
export function memberId(group: string, number: number): string {
  return `${group}-${String(number).padStart(3, "0")}`;
}

/** `eu-central-1` → `euc1`, `ap-southeast-2` → `apse2`, `us-gov-west-1` → `usgw1`. */
function shortRegion(region: string): string {
  const [area = "", ...rest] = region.split("-");
  const initials = rest.map((word) => word.replace(/^(north|south)(east|west)$/, "$1-$2"));
  return (
    area +
    initials
      .map((word) =>
        word
          .split("-")
          .map((part) => part[0] ?? "")
          .join(""),
      )
      .join("")
  );
}
