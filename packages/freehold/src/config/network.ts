import { z } from "zod";
import type { Network } from "../app/application.ts";
import { builtSoFar, notYet } from "./later.ts";

/** `network` of a collection. */
export const networkSchema = z.strictObject({
  cidr: z
    .string()
    .regex(
      /^(?:\d{1,3}\.){3}\d{1,3}\/(?:1[6-9]|2[0-2])$/,
      "must be a range such as `10.0.0.0/16`, from /16 to /22",
    )
    .refine(isPrivateRange, "must be a private range: 10.x, 172.16–31.x or 192.168.x")
    .refine((cidr) => firstOf(cidr) === cidr, {
      error: ({ input }) => `must begin where its range does: \`${firstOf(String(input))}\``,
    })
    .default("10.0.0.0/16")
    .describe("Addresses of the VPC; cannot be changed later."),
  azs: z
    .preprocess(Number, z.union([z.literal(2), z.literal(3)], "must be 2 or 3"))
    .default(2)
    .describe("Zones: 2 or 3."),
  egress: builtSoFar("nat").default("nat").describe("How tasks reach the internet: one NAT gateway."),
  existing: notYet("Adopts a VPC there is.", "remove it: a new one would be made"),
});

export function networkFrom(settings: z.output<typeof networkSchema>): Network {
  return { cidr: settings.cidr, zones: settings.azs, egress: settings.egress };
}

function isPrivateRange(cidr: string): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = cidr.split(/[./]/).map(Number);
  if (Math.max(a, b, c, d) > 255) return false;
  return a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168);
}

/** The range that an address lies in, told by its first address: AWS keeps that alone. */
function firstOf(cidr: string): string {
  const [address = "", bits = ""] = cidr.split("/");
  const size = 2 ** (32 - Number(bits));
  const value = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = Math.floor(value / size) * size;
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${bits}`;
}
