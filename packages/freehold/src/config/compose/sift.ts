import type { Findings } from "../findings.ts";
import { hintFor } from "../suggest.ts";
import type { Entry, Section, Tree } from "../yaml/tree.ts";
import { buildKeys, deployKeys, type Fate, type KeyTable, serviceKeys } from "./keys.ts";

/** Leaves only what the schema of the section reads; the rest is noted, refused, or unknown. `x-*` belongs to others. */
export function sift(
  tree: Section,
  table: KeyTable,
  subject: string,
  findings: Findings,
  runs = true,
): Section {
  const kept = [...tree.entries].filter(([key, entry]) => isKept(key, entry, table, subject, findings, runs));
  return { ...tree, entries: new Map(kept) };
}

/**
 * A service of the Compose file with its `build` and `deploy`.
 *
 * @param runs whether its container runs on AWS; if not, only unknown keys matter.
 */
export function siftService(tree: Section, subject: string, findings: Findings, runs: boolean): Section {
  const kept = sift(tree, serviceKeys, subject, findings, runs);
  const inner = { build: buildKeys, deploy: deployKeys };
  const entries = new Map([...kept.entries].map(([key, entry]) => [key, withoutExtensions(key, entry)]));
  for (const [key, table] of Object.entries(inner)) {
    const entry = entries.get(key);
    if (entry?.value.kind !== "section") continue;
    entries.set(key, { ...entry, value: sift(entry.value, table, `${subject}.${key}`, findings, runs) });
  }
  return { ...kept, entries };
}

/** Their keys are the user's own. */
const named = new Set(["environment", "args", "labels"]);

/** `x-*` may stand in any section of Compose's. */
function withoutExtensions(key: string, entry: Entry): Entry {
  const { value } = entry;
  if (named.has(key) || value.kind === "scalar") return entry;
  return { ...entry, value: cleared(value) };
}

function cleared(tree: Tree): Tree {
  if (tree.kind === "scalar") return tree;
  if (tree.kind === "list") return { ...tree, items: tree.items.map(cleared) };
  const own = [...tree.entries].filter(([key]) => !key.startsWith("x-"));
  return { ...tree, entries: new Map(own.map(([key, entry]) => [key, withoutExtensions(key, entry)])) };
}

function isKept(
  key: string,
  entry: Entry,
  table: KeyTable,
  subject: string,
  findings: Findings,
  runs: boolean,
): boolean {
  if (key.startsWith("x-")) return false;
  const fate = Object.hasOwn(table, key) ? table[key] : undefined;
  if (fate === "honoured") return true;
  const full = subject === "" ? key : `${subject}.${key}`;
  if (fate === undefined) reportUnknown(key, full, entry, table, findings);
  else if (runs && !saysNothing(entry.value)) reportFate(key, full, entry, fate, findings);
  return false;
}

function reportUnknown(
  key: string,
  subject: string,
  { place }: Entry,
  table: KeyTable,
  findings: Findings,
): void {
  const honoured = Object.keys(table).filter((name) => table[name] === "honoured");
  const hint = hintFor(key, Object.keys(table), honoured);
  findings.problem({ code: "unknown-key", subject, message: "is not a setting of Compose", hint, place });
}

function reportFate(
  key: string,
  subject: string,
  { place }: Entry,
  fate: Exclude<Fate, "honoured">,
  findings: Findings,
): void {
  if ("noted" in fate) findings.note(key, fate.noted);
  else findings.problem({ code: "refused-key", subject, message: fate.refused, hint: fate.hint, place });
}

/** `privileged: false` or an empty list asks for nothing. */
function saysNothing(tree: Tree): boolean {
  if (tree.kind === "scalar") return tree.value === false || tree.value === null || tree.value === "";
  return tree.kind === "list" ? tree.items.length === 0 : tree.entries.size === 0;
}
