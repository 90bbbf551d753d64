import { secretKeys } from "../compose/keys.ts";
import { type NamedSecret, namedSecretSchema } from "../compose/secrets.ts";
import { sift } from "../compose/sift.ts";
import type { Findings } from "../findings.ts";
import { read } from "../validate.ts";
import { isSecretId, secretIdRule } from "../variables.ts";
import { placeAt, type Section } from "../yaml/tree.ts";

/** The file's own `secrets`, by name. One without settings is set on AWS alone. */
export function namedSecretsOf(tree: Section, findings: Findings): ReadonlyMap<string, NamedSecret> {
  const entry = tree.entries.get("secrets");
  if (entry === undefined || (entry.value.kind === "scalar" && entry.value.value === null)) return new Map();
  if (entry.value.kind !== "section") {
    const message = "must be a section of names";
    findings.problem({ code: "value", subject: "secrets", message, place: entry.place });
    return new Map();
  }
  return new Map(
    [...entry.value.entries].flatMap(([name, { place, value }]) => {
      const subject = `secrets.${name}`;
      if (!/^[A-Za-z0-9._-]{1,64}$/.test(name)) {
        const message = "is no valid name; use letters, digits, dots, hyphens and underscores, 64 at most";
        findings.problem({ code: "name", subject, message, place });
      }
      if (value.kind === "scalar" && value.value === null) return [[name, {}] as const];
      if (value.kind === "section") sift(value, secretKeys, subject, findings, false);
      const found = read(namedSecretSchema, value, subject, findings)?.value;
      if (found?.name !== undefined && found.external === true && !isSecretId(found.name))
        findings.problem({
          code: "value",
          subject: `${subject}.name`,
          message: `\`${found.name}\` ${secretIdRule}`,
          place: placeAt(value, ["name"]),
        });
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
}
