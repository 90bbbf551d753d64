import type { Network } from "../app/application.ts";
import { digitsToNumber } from "./fields.ts";
import { builtSoFar, notYet } from "./later.ts";
import { overlap, parseRange, wholeRange } from "./network-range.ts";
import * as z from "./zod.ts";

/** Where nobody asks for another. */
export const usualRange = "10.0.0.0/16";

/** `network` of a collection. */
export const networkSchema = z.strictObject({
  cidr: z
    .string()
    .refine((cidr) => rangeProblem(cidr) === undefined, { error: ({ input }) => rangeProblem(String(input)) })
    .default(usualRange)
    .describe(
      "Addresses of the VPC, /16 to /22 of a private range; cannot be changed later. Networks that overlap can never be joined.",
    )
    .meta({ title: "range, as `10.0.0.0/16`", pattern: "^(?:\\d{1,3}\\.){3}\\d{1,3}/(?:1[6-9]|2[0-2])$" }),
  azs: z
    .preprocess(digitsToNumber, z.union([z.literal(2), z.literal(3)], "must be 2 or 3"))
    .default(2)
    .describe("Zones: 2 or 3."),
  egress: builtSoFar("nat").default("nat").describe("How tasks reach the internet: one NAT gateway."),
  existing: notYet("Adopts a VPC there is.", "remove it: a new one would be made"),
});

export function networkFrom(settings: z.output<typeof networkSchema>): Network {
  return { cidr: settings.cidr, zones: settings.azs, egress: settings.egress };
}

/** https://datatracker.ietf.org/doc/html/rfc1918#section-3 */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** AWS makes no VPC larger than /16; of /22 a sixteenth, which is one subnet, holds 59 tasks (aws/subnet-range.ts). */
const [largest, smallest] = [2 ** 16, 2 ** 10];

function rangeProblem(cidr: string): string | undefined {
  const range = parseRange(cidr);
  if (range === undefined) return "must be a range such as `10.0.0.0/16`";
  if (range.size > largest) return "must be /16 to /22: no VPC is larger";
  if (range.size < smallest) return "must be /16 to /22: a smaller one leaves no room for subnets";
  if (!privateRanges.some((one) => isWithin(range, one)))
    return "must be a private range: 10.x, 172.16–31.x or 192.168.x";
  return wholeRange(range) === cidr ? undefined : `must begin where its range does: \`${wholeRange(range)}\``;
}

function isWithin(range: NonNullable<ReturnType<typeof parseRange>>, around: string): boolean {
  const outer = parseRange(around);
  return outer !== undefined && outer.size >= range.size && overlap(outer, range);
}
