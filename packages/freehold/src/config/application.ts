import { collectionSchema } from "./collection.ts";
import { later, notYet } from "./later.ts";
import { secretsSchema, variablesSchema } from "./variables.ts";
import * as z from "./zod.ts";

export const applicationSchema = z
  .strictObject({
    resources: z
      .record(z.string(), z.record(z.string(), z.unknown()).meta({ title: "settings" }))
      .default({})
      .describe("Things that have no service in the file, by name, each with its `type`.")
      .meta({ examples: [{ uploads: { type: "bucket" }, jobs: { type: "queue" } }] }),
    collections: z
      .record(z.string(), collectionSchema.nullable())
      .optional()
      .describe(
        "Accounts and regions with their environments, by name; one `default` with the environment `dev` where none is named.",
      )
      .meta({ examples: [{ staging: { account: "111111111111", environments: { staging: null } } }] }),
    secrets: secretsSchema
      .default([])
      .describe("Names of secret variables of every container; set each with `freehold secrets set`.")
      .meta({ examples: [["SENTRY_DSN"]] }),
    variables: variablesSchema
      .default({})
      .describe("Variables of every container, on AWS; they win over `environment`.")
      .meta({ examples: [{ LOG_LEVEL: "info" }] }),
    pipeline: later(
      "Deploys from Git.",
      z.strictObject({
        repository: z
          .string()
          .regex(/^[\w.-]+\/[\w.-]+$/, "must be `owner/name`")
          .describe("The repository on GitHub."),
      }),
    ),
    iam: notYet("Extra permissions.", "remove it"),
    overrides: notYet("Changes to what is rendered.", "remove it"),
  })
  .describe("What holds for all of it: resources, collections, variables.");

export type ApplicationSettings = z.output<typeof applicationSchema>;
