import { z } from "zod";
import { variableName } from "./fields.ts";

const aliasSchema = z.strictObject({ alias: variableName });

/** A variable that has another's value, whatever that is: plain, or of a resource. */
export interface Alias {
  readonly alias: string;
}

export type VariableValue = string | Alias;

/** `x-freehold.variables`: plain values and aliases; they win over the Compose file's. */
export const variablesSchema = z.record(
  variableName,
  z
    .unknown()
    .transform((value, context): VariableValue => {
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
        return String(value);
      const alias = aliasSchema.safeParse(value);
      if (alias.success) return alias.data;
      context.addIssue(
        "must be a plain value, or `{ alias: NAME }` for that of another; `secret` and `output` are not built yet",
      );
      return z.NEVER;
    })
    .meta({ title: "text, or `{ alias: NAME }`" }),
);

/** `x-freehold.secrets`: names only; values are set with `freehold secrets set`. */
export const secretsSchema = z.array(variableName);
