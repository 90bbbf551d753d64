import { z } from "zod";
import { variableName } from "./fields.ts";

/** `x-freehold.variables`: plain values; they win over the Compose file's. */
export const variablesSchema = z.record(
  variableName,
  z
    .unknown()
    .transform((value, context) => {
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
        return String(value);
      context.addIssue("must be a plain value; `secret`, `output` and `alias` are not built yet");
      return z.NEVER;
    })
    .meta({ title: "text" }),
);

/** `x-freehold.secrets`: names only; values are set with `freehold secrets set`. */
export const secretsSchema = z.array(variableName);
