import { z } from "zod";
import type { Database, EnvironmentKind } from "../app/application.ts";
import { flag, text, wholeNumber } from "./fields.ts";
import { builtSoFar, later, notYet } from "./later.ts";

/** `x-freehold` of a database. */
export const databaseSchema = z.strictObject({
  type: z.literal("database").optional().describe("A managed database: RDS."),
  engine: builtSoFar("postgres").default("postgres").describe("Kind of database."),
  version: text.optional().describe("Major version; that of the image, or 17."),
  size: z
    .string()
    .regex(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, "must be an RDS class such as `db.t4g.micro`")
    .default("db.t4g.micro")
    .describe("RDS instance class."),
  storage: wholeNumber(20, 65536).default(20).describe("GiB to start with."),
  max_storage: wholeNumber(20, 65536).default(100).describe("GiB it may grow to by itself."),
  multi_az: flag.default(false).describe("A standby in a second zone."),
  backup_days: wholeNumber(0, 35)
    .optional()
    .describe("Days backups are kept: 7, 14 in production, 1 in previews."),
  proxy: later("RDS Proxy in front."),
  tls: notYet("Whether TLS is forced.", "it is always forced for now"),
  existing: notYet("Adopts a database there is.", "remove it: a new one would be made"),
});

export type DatabaseSettings = z.output<typeof databaseSchema>;

const backupDays: Readonly<Record<EnvironmentKind, number>> = { preview: 1, staging: 7, production: 14 };

/** What the settings say of a database; version, image and databases come from elsewhere. */
export function databaseFrom(settings: DatabaseSettings, kind: EnvironmentKind) {
  return {
    type: "database",
    engine: settings.engine,
    size: settings.size,
    storage: settings.storage,
    maxStorage: Math.max(settings.storage, settings.max_storage),
    multiZone: settings.multi_az,
    backupDays: settings.backup_days ?? backupDays[kind],
  } satisfies Partial<Database>;
}

const newest = 17;
const oldest = 13;
export const defaultPostgres = String(newest);

/** Says what is wrong with a major version, or nothing. */
export function postgresProblem(version: string): string | undefined {
  const major = Number(version);
  if (Number.isInteger(major) && major >= oldest && major <= newest) return undefined;
  const reason = major < oldest ? "is past the end of RDS support" : "is not a version RDS is asked for here";
  return `${reason}; use ${oldest} to ${newest}`;
}
