import type { Database, DatabaseEngine, DatabaseSetting, EnvironmentKind } from "../app/application.ts";
import { flag, text, wholeNumber } from "./fields.ts";
import { later, notYet } from "./later.ts";
import * as z from "./zod.ts";

/** `x-freehold` of a database. */
export const databaseSchema = z.strictObject({
  type: z.literal("database").optional().describe("A managed database: RDS."),
  engine: z
    .enum(["postgres", "mysql", "mariadb"])
    .optional()
    .describe("Kind of database: that of the image, or `postgres`."),
  version: text
    .optional()
    .describe("Major version: that of the image, or the newest that RDS has.")
    .meta({ examples: ["17"] }),
  size: z
    .string()
    .regex(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, "must be an RDS class such as `db.t4g.micro`")
    .optional()
    .describe("RDS instance class: processors and memory of the server.")
    .meta({ default: "db.t4g.micro", examples: ["db.r7g.large"] }),
  storage: wholeNumber(20, 65536).optional().describe("GiB of disk to start with.").meta({ default: 20 }),
  max_storage: wholeNumber(20, 65536)
    .optional()
    .describe("GiB of disk it may grow to by itself.")
    .meta({ default: 100 }),
  multi_az: flag
    .optional()
    .describe("Whether a standby in a second zone takes over when the first fails.")
    .meta({ default: false }),
  backup_days: wholeNumber(0, 35)
    .optional()
    .describe("Days backups are kept: 7, 14 in production, 1 in previews."),
  proxy: later("Whether RDS Proxy stands in front.", flag),
  tls: z
    .enum(["forced", "offered"])
    .optional()
    .describe(
      "Whether connections without TLS are refused (`forced`). Where it is left out: `forced` for PostgreSQL; for MySQL and MariaDB only where all that name it ask for TLS.",
    ),
  existing: notYet("Adopts a database there is.", "remove it: a new one would be made"),
});

export type DatabaseSettings = z.output<typeof databaseSchema>;

const backupDays: Readonly<Record<EnvironmentKind, number>> = { preview: 1, staging: 7, production: 14 };

/** What the settings say of a database; version, image and databases come from elsewhere. */
export function databaseFrom(engine: DatabaseEngine, settings: DatabaseSettings, kind: EnvironmentKind) {
  const storage = settings.storage ?? 20;
  return {
    type: "database",
    engine,
    size: settings.size ?? "db.t4g.micro",
    storage,
    maxStorage: Math.max(storage, settings.max_storage ?? 100),
    multiZone: settings.multi_az ?? false,
    backupDays: settings.backup_days ?? backupDays[kind],
    named: namedIn(settings),
  } satisfies Partial<Database>;
}

/** What the file does not name only says where the database begins: changing it elsewhere is no drift. */
function namedIn(settings: DatabaseSettings): readonly DatabaseSetting[] {
  const given = {
    size: settings.size,
    storage: settings.storage,
    maxStorage: settings.max_storage,
    multiZone: settings.multi_az,
    backupDays: settings.backup_days,
  };
  const settingsOf: readonly DatabaseSetting[] = ["size", "storage", "maxStorage", "multiZone", "backupDays"];
  return settingsOf.filter((setting) => given[setting] !== undefined);
}
