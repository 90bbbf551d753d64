import type { Place } from "../../../errors.ts";
import { variablePrefix } from "../../resolve/draft.ts";
import { type Part, part, placed } from "../document.ts";

/** Variables that cnc gives every container under names of its own, as aliases of those that Freehold gives. */
export function managedVariables(databases: readonly string[], place: Place): readonly Part[] {
  const aliases: Record<string, string> = {
    CNC_APPLICATION_NAME: "FREEHOLD_APP",
    CNC_ENVIRONMENT_NAME: "FREEHOLD_ENVIRONMENT",
  };
  const prefixes = databases.map((name) => variablePrefix(name));
  for (const prefix of prefixes) {
    aliases[`${prefix}_DATABASE_URL`] = `${prefix}_URL`;
    aliases[`${prefix}_DB_PASSWORD`] = `${prefix}_PASSWORD`;
  }
  const [only = "", ...others] = prefixes;
  if (!["", "DB"].includes(only) && others.length === 0)
    for (const name of ["USER", "PASSWORD", "NAME"]) aliases[`DB_${name}`] = `${only}_${name}`;
  return Object.entries(aliases).map(([name, alias]) =>
    part(["x-freehold", "variables", name], placed({ alias }, place)),
  );
}
