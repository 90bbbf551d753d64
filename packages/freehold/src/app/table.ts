/** A table of items that are found by their key. */
export interface Table extends TableKey {
  readonly type: "table";
  readonly name: string;
  readonly indexes: readonly TableIndex[];
  /** Attribute that says, in seconds since 1970, when an item goes. */
  readonly ttl?: string;
  /** What a stream of its changes tells of an item; undefined where there is no stream. */
  readonly stream?: TableStream;
  /** Can be brought back to any second of the last 35 days. */
  readonly pointInTimeRecovery: boolean;
  readonly reason: string;
}

/** What tells items apart. */
export interface TableKey {
  readonly partition: TableAttribute;
  readonly sort?: TableAttribute;
}

export interface TableAttribute {
  readonly name: string;
  readonly type: "string" | "number" | "binary";
}

/** Another way to find items. */
export interface TableIndex extends TableKey {
  readonly name: string;
  /** It shares the partitions of its table, is read consistently, and is made with the table or never. */
  readonly isLocal: boolean;
  /** Attributes it holds besides its keys: all, none, or these. */
  readonly holds: "all" | "keys" | readonly string[];
}

export type TableStream = "keys" | "new" | "old" | "both";

/** Every attribute that is part of a key, once, by name. */
export function keyAttributes(table: Table): readonly TableAttribute[] {
  const keys: readonly TableKey[] = [table, ...table.indexes];
  const all = keys.flatMap(({ partition, sort }) => (sort === undefined ? [partition] : [partition, sort]));
  const byName = new Map(all.map((attribute) => [attribute.name, attribute]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
