import type { EnvironmentKind } from "../app/application.ts";
import type { Table, TableAttribute, TableIndex } from "../app/table.ts";
import { flag } from "./fields.ts";
import * as z from "./zod.ts";

const attributeName = z.string().min(1, "is empty").max(255, "must be 255 characters at most");

/** A key's attribute: its name where it holds text. */
const attribute = z
  .union([
    attributeName.transform((name): TableAttribute => ({ name, type: "string" })),
    z.strictObject({
      name: attributeName.describe("Name of the attribute.").meta({ examples: ["customer"] }),
      type: z.enum(["string", "number", "binary"]).default("string").describe("What it holds."),
    }),
  ])
  .meta({ title: "name, or name and type" });

const indexName = z
  .string()
  .regex(/^[a-zA-Z0-9_.-]{3,255}$/, "must be 3 to 255 letters, digits, dots, hyphens and underscores");

const index = z
  .strictObject({
    key: attribute
      .optional()
      .describe("The attribute that items are found by; the table's own where left out."),
    sort: attribute.optional().describe("The attribute that orders items of one key."),
    local: flag
      .default(false)
      .describe(
        "True: within each key of the table, read consistently; cannot be added or changed once the table exists.",
      ),
    holds: z
      .union([z.enum(["all", "keys"]), z.array(attributeName).min(1).max(20)])
      .default("all")
      .describe("Attributes that it answers: `all`, `keys` alone, or a list of further ones."),
  })
  .superRefine(({ key, sort, local }, context) => {
    const report = (message: string, path: string) =>
      context.addIssue({ code: "custom", message, path: [path] });
    if (local && key !== undefined) report("must be left out of a local index: it is the table's own", "key");
    if (local && sort === undefined) report("is missing: a local index orders items in another way", "sort");
    if (!local && key === undefined && sort === undefined) report("is missing", "key");
  });

/** `x-freehold` of a table. */
export const tableSchema = z.strictObject({
  type: z
    .literal("table")
    .optional()
    .describe("A table of items found by their key: DynamoDB, billed by use."),
  key: attribute
    .optional()
    .describe("The attribute that items are found by: `id` where nothing is said. Cannot be changed later."),
  sort: attribute.optional().describe("The attribute that orders items of one key. Cannot be changed later."),
  indexes: z
    .record(indexName, index)
    .default({})
    .describe("Other ways to find items, by name: `by_status: { key: status, sort: at }`."),
  ttl: attributeName
    .optional()
    .describe("The attribute that says when an item goes by itself, in seconds since 1970.")
    .meta({ examples: ["expires_at"] }),
  stream: z
    .enum(["keys", "new", "old", "both"])
    .optional()
    .describe(
      "A stream of changes, and what it tells of an item: its keys, or the item as it is, as it was, or both.",
    ),
  point_in_time_recovery: flag
    .optional()
    .describe("Whether any second of the last 35 days can be brought back: yes, but for previews."),
});

export type TableSettings = z.output<typeof tableSchema>;

/** What a plain file says of the key of a table: nothing. */
export const usualKey: TableAttribute = { name: "id", type: "string" };

export function tableFrom(settings: TableSettings, kind: EnvironmentKind) {
  const { key: partition = usualKey, sort, ttl, stream } = settings;
  const indexes = Object.entries(settings.indexes).map(
    ([name, { key = partition, local, sort: order, holds }]): TableIndex => ({
      name,
      partition: key,
      ...(order === undefined ? {} : { sort: order }),
      isLocal: local,
      holds,
    }),
  );
  return {
    type: "table",
    partition,
    ...(sort === undefined ? {} : { sort }),
    indexes: indexes.sort((a, b) => (a.name < b.name ? -1 : 1)),
    ...(ttl === undefined ? {} : { ttl }),
    ...(stream === undefined ? {} : { stream }),
    pointInTimeRecovery: settings.point_in_time_recovery ?? kind !== "preview",
  } satisfies Partial<Table>;
}
