import { flag, text } from "../fields.ts";
import * as z from "../zod.ts";

/** An entry of the file's own `secrets` (https://docs.docker.com/reference/compose-file/secrets/). */
export const namedSecretSchema = z.looseObject({
  file: text.optional(),
  environment: text.optional(),
  external: z.union([flag, z.looseObject({ name: text.optional() })]).optional(),
  name: text.optional(),
});

export type NamedSecret = z.output<typeof namedSecretSchema>;
