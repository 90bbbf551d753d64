import { partAt, type Section, sectionAt, type Tree } from "../../yaml/tree.ts";
import { textOf } from "./treatment.ts";

/**
 * What a template's value is without a deployment: itself, the default of the parameter it refers to, or what a table of the template
 * says, where that is the same for every key. `!Ref Engine` is read as the text `Engine`, `!FindInMap [Table, Key, Name]` as a list.
 */
export function templateValue(template: Section, tree: Tree | undefined): string | undefined {
  const found = partAt(tree, ["Fn::FindInMap"]) ?? tree;
  if (found?.kind === "list") return tableValue(template, found.items);
  const text = textOf(partAt(tree, ["Ref"]) ?? tree);
  if (text === undefined) return undefined;
  return textOf(partAt(template, ["Parameters", text, "Default"])) ?? text;
}

function tableValue(template: Section, [table, , name]: readonly Tree[]): string | undefined {
  const rows = sectionAt(template, ["Mappings", textOf(table) ?? ""]);
  const values = [...(rows?.entries.values() ?? [])].map(({ value }) =>
    textOf(partAt(value, [textOf(name) ?? ""])),
  );
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}
