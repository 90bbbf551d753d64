import type { EnvironmentKind } from "../../app/application.ts";
import type { Table, TableKey } from "../../app/table.ts";
import type { Findings } from "../findings.ts";
import { tableFrom, tableSchema, usualKey } from "../table.ts";
import { placeAt } from "../yaml/tree.ts";
import type { Draft } from "./draft.ts";
import { noteVolumes, readSettings, reasonOf } from "./managed.ts";

export function tableResource(draft: Draft, kind: EnvironmentKind, findings: Findings): Table | undefined {
  const settings = readSettings(tableSchema, draft, findings);
  if (settings === undefined) return undefined;
  noteVolumes(draft, "DynamoDB keeps the data", findings);
  const { subject, name } = draft;
  if (settings.key === undefined && !findings.tells(`${draft.settingsSubject}.key`)) {
    const message = `its items are found by \`${usualKey.name}\`, a text, as \`key\` says nothing else; it cannot be changed later`;
    findings.note(subject, message);
  }
  const table = { ...tableFrom(settings, kind), name, reason: reasonOf(draft) };
  checkKeys(table, draft, findings);
  checkNumbers(table, draft, findings);
  return table;
}

/** An attribute of several keys has one type, and no key names one twice. */
function checkKeys(table: Table, draft: Draft, findings: Findings): void {
  const types = new Map<string, string>();
  for (const [where, key] of keysOf(table)) {
    const { partition, sort } = key;
    const report = (message: string) => problem(draft, where, message, findings);
    if (partition.name === sort?.name)
      report(`names \`${sort.name}\` twice: to find items, and to order them`);
    for (const { name, type } of sort === undefined ? [partition] : [partition, sort]) {
      const known = types.get(name) ?? type;
      if (known !== type) report(`takes \`${name}\` for a ${type}; it is a ${known} in another key`);
      types.set(name, known);
    }
  }
}

function keysOf(table: Table): readonly (readonly [readonly string[], TableKey])[] {
  return [[[], table], ...table.indexes.map((index) => [["indexes", index.name], index] as const)];
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#limits-secondary-indexes */
function checkNumbers(table: Table, draft: Draft, findings: Findings): void {
  const local = table.indexes.filter(({ isLocal }) => isLocal);
  const others = table.indexes.length - local.length;
  const report = (message: string) => problem(draft, ["indexes"], message, findings);
  if (others > 20) report(`are ${others}; DynamoDB takes 20`);
  if (local.length > 5) report(`${local.length} are local; DynamoDB takes 5`);
  if (local.length > 0 && table.sort === undefined)
    report("are local in part; that needs a table with `sort`, which orders them otherwise");
}

function problem(draft: Draft, path: readonly string[], message: string, findings: Findings): void {
  const subject = [draft.settingsSubject, ...path].join(".");
  findings.problem({ code: "table-key", subject, message, place: placeAt(draft.settings, path) });
}
