import { deploymentSchema } from "./deployment.ts";
import { flag } from "./fields.ts";
import { hostName } from "./host-name.ts";
import { later, notYet } from "./later.ts";
import { variablesSchema } from "./variables.ts";
import * as z from "./zod.ts";

const overrides = z.record(z.string(), z.record(z.string(), z.unknown()).meta({ title: "settings" }));

export const environmentSchema = z
  .strictObject({
    kind: z
      .enum(["preview", "staging", "production"])
      .default("staging")
      .describe(
        "What it is for. `production` keeps backups for 14 days and logs for 90, guards the load balancer against removal and is never seeded; a name alone never makes one.",
      ),
    services: overrides
      .default({})
      .describe("`x-freehold` settings of services that differ here, by the service's name.")
      .meta({ examples: [{ api: { scale: { min: 2 } } }] }),
    resources: overrides
      .default({})
      .describe(
        "Settings of databases, caches, buckets and the like that differ here, by name; services that became one of these as well.",
      )
      .meta({ examples: [{ db: { size: "db.r7g.large", multi_az: true } }] }),
    variables: variablesSchema
      .default({})
      .describe("Variables of every container here; they win over `environment` and the collection's.")
      .meta({ examples: [{ LOG_LEVEL: "info" }] }),
    branch: later("The Git branch it follows.", z.string().min(1)),
    domains: later("Its host names, each of this environment alone.", z.array(hostName)),
    promote_from: later(
      "The environment whose releases it takes over: its name, or `collection/name` where several have that name.",
      z.string().min(1),
    ),
    approval: later("Whether a person must agree to a release.", flag),
    deploy: later("How a release replaces tasks.", deploymentSchema),
    spot: later("Whether its tasks run on Fargate Spot, which is cheaper and may be taken away.", flag),
    paused: notYet("Stands still.", "remove it"),
    database: notYet("Whether it shares a database server.", "remove it"),
    existing: notYet("Adopts databases there are.", "remove it: new ones would be made"),
    overrides: notYet("Changes to what is rendered.", "remove it"),
  })
  .describe("One running copy of the application, with data of its own.");
