export type SubnetTier = "public" | "private" | "data";

/** Each tier has four of the sixteen ranges, so that a third zone moves none of the others. */
const firstRange: Readonly<Record<SubnetTier, number>> = { public: 0, private: 4, data: 8 };

/**
 * The range of a tier's subnet in one zone: a sixteenth of the network.
 *
 * @param network IPv4 range such as `10.0.0.0/16`, at most `/24`.
 * @param zone 0 to 3.
 */
export function subnetRange(network: string, tier: SubnetTier, zone: number): string {
  const [base = "", bits = "16"] = network.split("/");
  const prefix = Number(bits) + 4;
  const start = toNumber(base) + (firstRange[tier] + zone) * 2 ** (32 - prefix);
  return `${toAddress(start)}/${prefix}`;
}

function toNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
