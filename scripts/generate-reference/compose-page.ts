import {
  buildKeys,
  deployKeys,
  type Fate,
  fileKeys,
  type KeyTable,
  serviceKeys,
} from "../../packages/freehold/src/config/compose/keys.ts";
import { serviceSchema } from "../../packages/freehold/src/config/compose/service.ts";
import { type JsonSchema, toJsonSchema } from "../../packages/freehold/src/config/schema/json-schema.ts";
import { page, sentence, table } from "./markdown.ts";
import { code, valueText } from "./value-text.ts";

/** Every key of the Compose specification and what becomes of it. */
export function composePage(): string {
  const service = toJsonSchema(serviceSchema).properties ?? {};
  return page("Compose keys", [
    "Every key of the [Compose specification](https://github.com/compose-spec/compose-spec) is honoured, noted (it is",
    "accepted and changes nothing on AWS; `check` says so once) or refused with the reason. Any other key is an error with a",
    "suggestion, except those that begin with `x-`.",
    "",
    "## The file",
    "",
    ...chapter(fileKeys, {}),
    "## A service",
    "",
    ...chapter(serviceKeys, service),
    "## `build`",
    "",
    ...chapter(buildKeys, longForm(service["build"])),
    "## `deploy`",
    "",
    ...chapter(deployKeys, longForm(service["deploy"])),
  ]);
}

function longForm(schema: JsonSchema | undefined): Readonly<Record<string, JsonSchema>> {
  const forms = [schema, ...(schema?.anyOf ?? [])];
  return forms.find((one) => one?.properties !== undefined)?.properties ?? {};
}

function chapter(keys: KeyTable, honoured: Readonly<Record<string, JsonSchema>>): readonly string[] {
  const rows = Object.entries(keys).map(([key, fate]) => [code(key), ...told(fate, honoured[key])]);
  return table(["key", "", "value", "meaning"], rows);
}

function told(fate: Fate, schema: JsonSchema | undefined): readonly string[] {
  if (fate === "honoured")
    return ["honoured", schema === undefined ? "" : valueText(schema), schema?.description ?? ""];
  if ("noted" in fate) return ["noted", "", sentence(fate.noted)];
  return ["refused", "", `${sentence(fate.refused)} Way out: ${fate.hint}.`];
}
