import type { ExistingSecret } from "../app/existing-secret.ts";
import { variableName } from "./fields.ts";
import * as z from "./zod.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html#iam-resources */
const secretArn =
  /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}$/;
const secretName = /^[A-Za-z0-9/_+=.@-]{1,512}$/;

/** How a secret that is there already is named. */
export function isSecretId(text: string): boolean {
  return text.startsWith("arn:") ? secretArn.test(text) : secretName.test(text);
}

export const secretIdRule =
  "must be the name of a secret in Secrets Manager, or its full ARN with the six characters at its end";

const existingSchema = z
  .strictObject({
    secret: z.string().refine(isSecretId, secretIdRule),
    key: z
      .string()
      .regex(/^[^:\s]{1,256}$/, "must be a field of the secret's JSON, without colons and blanks")
      .optional(),
  })
  .transform(({ secret, key }): ExistingSecret => ({ id: secret, ...(key === undefined ? {} : { key }) }));

const aliasSchema = z.strictObject({ alias: variableName });

/** A variable that has another's value, whatever that is: plain, or of a resource. */
export interface Alias {
  readonly alias: string;
}

const outputSchema = z.strictObject({ output: z.string().min(1) });

/** A variable that tells what only AWS knows of a resource: `uploads.arn`. */
export interface Output {
  readonly output: string;
}

export type VariableValue = string | Alias | Output | ExistingSecret;

/** `x-freehold.variables`: plain values, aliases, outputs and secrets that are there already; they win over the Compose file's. */
export const variablesSchema = z.record(
  variableName,
  z
    .unknown()
    .transform((value, context): VariableValue => {
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
        return String(value);
      const alias = aliasSchema.safeParse(value);
      if (alias.success) return alias.data;
      const output = outputSchema.safeParse(value);
      if (output.success) return output.data;
      if (typeof value === "object" && value !== null && "secret" in value) {
        const existing = existingSchema.safeParse(value);
        if (existing.success) return existing.data;
        for (const { path, message } of existing.error.issues)
          context.addIssue(path.length === 0 ? message : `\`${path.join(".")}\` ${message}`);
        return z.NEVER;
      }
      context.addIssue(
        "must be a plain value, `{ alias: NAME }` for that of another, `{ output: RESOURCE.PART }` for what AWS knows of a resource, or `{ secret: NAME, key: FIELD }` for a secret that is there already",
      );
      return z.NEVER;
    })
    .meta({
      title: "text, `{ alias: NAME }`, `{ output: RESOURCE.PART }`, or `{ secret: NAME, key: FIELD }`",
    }),
);

/** `x-freehold.secrets`: names only; values are set with `freehold secrets set`. */
export const secretsSchema = z.array(variableName);
