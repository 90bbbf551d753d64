import { z } from "zod";
import { environmentSchema } from "./environment.ts";
import { text } from "./fields.ts";
import { builtSoFar, later, notYet } from "./later.ts";
import { networkSchema } from "./network.ts";
import { isRegion, notARegion } from "./regions.ts";
import { variablesSchema } from "./variables.ts";

/** Environments that share an account, a region, a network and a load balancer. */
export const collectionSchema = z.strictObject({
  account: text
    .refine((account) => /^\d{12}$/.test(account), 'must be 12 digits, in quotes: "111111111111"')
    .optional()
    .describe("The AWS account; other credentials are refused."),
  region: z
    .string()
    .refine(isRegion, { error: ({ input }) => notARegion(String(input)) })
    .default("us-east-1")
    .describe("The AWS region."),
  network: networkSchema.prefault({}).describe("Its network."),
  tags: z.record(z.string(), text).default({}).describe("Tags on everything."),
  variables: variablesSchema.default({}).describe("Variables of every container."),
  environments: z
    .record(z.string(), environmentSchema.nullable())
    .optional()
    .describe("Its environments, by name."),
  ingress: builtSoFar("cloudfront").optional().describe("What answers the internet."),
  domain: later("Its domain."),
  zone: later("The Route 53 zone there is."),
  bastion: later("How tunnels get in."),
  alarms: later("Who is told."),
  budget: later("Monthly budget."),
  previews: later("Environments of pull requests."),
  role: notYet("The role to take.", "use credentials of the account"),
  waf: notYet("A web firewall.", "remove it"),
  permissions_boundary: notYet("A boundary on every role.", "remove it"),
});

export type CollectionSettings = z.output<typeof collectionSchema>;
