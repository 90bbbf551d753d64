import { fileSchema } from "../../config/schema/file-schema.ts";
import { print } from "../print.ts";

/** Prints the JSON Schema of a Compose file with Freehold's settings, for editors. */
export function schema(): void {
  print([JSON.stringify(fileSchema(), null, 2)]);
}
