import { configKeys } from "../../compose/keys.ts";
import { sift } from "../../compose/sift.ts";
import type { Findings } from "../../findings.ts";
import { type Section, section } from "../../yaml/tree.ts";

/** The file's own `configs`, by name, as they are written: what is wrong with one matters where a container carries it. */
export function configSections(tree: Section, findings: Findings): ReadonlyMap<string, Section> {
  const entry = tree.entries.get("configs");
  if (entry === undefined || (entry.value.kind === "scalar" && entry.value.value === null)) return new Map();
  const report = (subject: string, message: string, place = entry.place) =>
    findings.problem({ code: "value", subject, message, place });
  if (entry.value.kind !== "section") {
    report("configs", "must be a section of names");
    return new Map();
  }
  return new Map(
    [...entry.value.entries].map(([name, { place, value }]) => {
      const subject = `configs.${name}`;
      if (value.kind === "section") {
        sift(value, configKeys, subject, findings, false);
        return [name, value];
      }
      const saysNothing = value.kind === "scalar" && value.value === null;
      if (!saysNothing) report(subject, "must be a section of settings", place);
      return [name, section([], place)];
    }),
  );
}
