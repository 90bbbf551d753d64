import { z } from "zod";
import { collectionSchema } from "./collection.ts";
import { later, notYet } from "./later.ts";
import { secretsSchema, variablesSchema } from "./variables.ts";

/** `x-freehold` of the whole file. */
export const applicationSchema = z.strictObject({
  resources: z
    .record(z.string(), z.record(z.string(), z.unknown()).meta({ title: "settings" }))
    .default({})
    .describe("Things with no container at home, by name."),
  collections: z
    .record(z.string(), collectionSchema.nullable())
    .optional()
    .describe(
      "Accounts and regions with their environments, by name; one `default` with `dev` where none is named.",
    ),
  secrets: secretsSchema.default([]).describe("Names of secret variables of every container."),
  variables: variablesSchema.default({}).describe("Variables of every container."),
  pipeline: later("Deploys from Git."),
  iam: notYet("Extra permissions.", "remove it"),
  overrides: notYet("Changes to what is rendered.", "remove it"),
});

export type ApplicationSettings = z.output<typeof applicationSchema>;
