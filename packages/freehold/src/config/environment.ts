import { z } from "zod";
import { later, notYet } from "./later.ts";
import { variablesSchema } from "./variables.ts";

const overrides = z.record(z.string(), z.record(z.string(), z.unknown()).meta({ title: "settings" }));

/** An environment of a collection: one running copy of the application. */
export const environmentSchema = z.strictObject({
  kind: z
    .enum(["preview", "staging", "production"])
    .default("staging")
    .describe("production keeps data safer and is never seeded; it is never guessed from a name."),
  services: overrides.default({}).describe("`x-freehold` settings of services that differ here."),
  resources: overrides
    .default({})
    .describe("Settings of databases, caches, buckets and queues that differ here."),
  variables: variablesSchema.default({}).describe("Variables of every container here."),
  branch: later("The branch it follows."),
  domains: later("Its host names."),
  promote_from: later("The environment its releases come from."),
  approval: later("Whether a person must agree."),
  deploy: later("How a release replaces tasks."),
  spot: later("Runs on spare capacity."),
  paused: notYet("Stands still.", "remove it"),
  database: notYet("Whether it shares a database server.", "remove it"),
  existing: notYet("Adopts databases there are.", "remove it: new ones would be made"),
  overrides: notYet("Changes to what is rendered.", "remove it"),
});
