import { alarmsSchema, budgetSchema } from "./alarms.ts";
import { environmentSchema } from "./environment.ts";
import { text } from "./fields.ts";
import { hostName } from "./host-name.ts";
import { builtSoFar, later, notYet } from "./later.ts";
import { networkSchema } from "./network.ts";
import { previewsSchema } from "./previews.ts";
import { isRegion, notARegion } from "./regions.ts";
import { variablesSchema } from "./variables.ts";
import * as z from "./zod.ts";

/** `api` of a collection. */
const apiSchema = z.strictObject({
  kind: z.enum(["http", "rest"]).optional().describe("Kind of API."),
  link: z.enum(["alb", "nlb"]).optional().describe("Load balancer that it leads to."),
  auth: z.enum(["cognito", "jwt", "none"]).optional().describe("Who may call it."),
});

const tagLetters = /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u;
const tagRule = "letters, digits, blanks and _ . : / = + @ -";

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const tagKey = z
  .string()
  .refine(
    (key) => key.length >= 1 && key.length <= 128 && tagLetters.test(key),
    `must be 1 to 128 ${tagRule}`,
  )
  .refine((key) => !/^aws:/i.test(key), "must not begin with `aws:`, which AWS keeps for itself");
const tagValue = text.refine(
  (value) => value.length <= 256 && tagLetters.test(value),
  `must be at most 256 ${tagRule}`,
);

export const collectionSchema = z
  .strictObject({
    account: text
      .refine((account) => /^\d{12}$/.test(account), 'must be 12 digits, in quotes: "111111111111"')
      .optional()
      .describe(
        "The AWS account; credentials of another are refused. Where it is left out, the one of the credentials.",
      )
      .meta({ title: "12 digits, in quotes", examples: ["111111111111"] }),
    region: z
      .string()
      .refine(isRegion, { error: ({ input }) => notARegion(String(input)) })
      .default("us-east-1")
      .describe("The AWS region.")
      .meta({ examples: ["eu-central-1"] }),
    network: networkSchema.prefault({}).describe("Its network (VPC)."),
    tags: z
      .record(tagKey, tagValue)
      .default({})
      .describe("Tags on everything that is made.")
      .meta({ examples: [{ team: "shop" }] }),
    variables: variablesSchema
      .default({})
      .describe(
        "Variables of every container of its environments; they win over `environment` and the application's.",
      )
      .meta({ examples: [{ LOG_LEVEL: "info" }] }),
    environments: z
      .record(z.string(), environmentSchema.nullable())
      .optional()
      .describe("Its environments, by name; `null` for one that has no settings.")
      .meta({ examples: [{ staging: null }] }),
    ingress: builtSoFar("cloudfront").optional().describe("What answers the internet."),
    api: later("How an API Gateway stands before it, where `ingress` asks for one.", apiSchema),
    domain: later("Its domain, of this collection alone unless others name its `zone`.", hostName),
    zone: later("The Route 53 zone there is: its id or name.", z.string().min(1)),
    bastion: later("How tunnels get in.", z.enum(["on-demand", "instance", "none"])),
    alarms: later("Who is told when an alarm goes off.", alarmsSchema),
    budget: later("What a month may cost, in US dollars, and who is told.", budgetSchema),
    previews: later("Environments of pull requests.", previewsSchema),
    role: notYet("The role to take.", "use credentials of the account"),
    waf: notYet("A web firewall.", "remove it"),
    permissions_boundary: notYet("A boundary on every role.", "remove it"),
  })
  .describe("Environments that share an account, a region, a network and a load balancer.");

export type CollectionSettings = z.output<typeof collectionSchema>;
