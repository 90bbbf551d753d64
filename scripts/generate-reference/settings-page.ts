import { type JsonSchema, toJsonSchema } from "../../packages/freehold/src/config/schema/json-schema.ts";
import { fileSections, serviceSections } from "../../packages/freehold/src/config/schema/sections.ts";
import { page, table } from "./markdown.ts";
import { code, valueText } from "./value-text.ts";

/** Every setting under `x-freehold`. */
export function settingsPage(): string {
  return page("Settings under `x-freehold`", [
    "Compose ignores what stands under `x-freehold`; Freehold reads it in three places: at the top of the file, in a",
    "service, and in `x-freehold.resources`. Every setting may be left out unless its default says *required*.",
    "",
    "## The whole file",
    "",
    ...settings(toJsonSchema(fileSections.application)),
    "## A collection: `x-freehold.collections.<name>`",
    "",
    ...settings(toJsonSchema(fileSections.collection)),
    "## An environment: `x-freehold.collections.<name>.environments.<name>`",
    "",
    ...settings(toJsonSchema(fileSections.environment)),
    ...serviceSections.flatMap(({ name, schema }) => serviceChapter(name, toJsonSchema(schema))),
    "## A service that is left out: `type: ignore`",
    "",
    "The service runs under Compose and has no counterpart on AWS.",
  ]);
}

function serviceChapter(name: string, schema: JsonSchema): readonly string[] {
  const { type, ...properties } = schema.properties ?? {};
  return [`## \`type: ${name}\``, "", type?.description ?? "", "", ...settings({ ...schema, properties })];
}

function settings(schema: JsonSchema): readonly string[] {
  return table(["setting", "value", "default", "meaning"], rows(schema, ""));
}

function rows(schema: JsonSchema, above: string): readonly (readonly string[])[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, setting]) => {
    const isRequired = schema.required?.includes(key) === true;
    const row = [code(above + key), valueText(setting), initial(setting, isRequired), meaning(setting)];
    return [row, ...sectionsOf(setting).flatMap((section) => rows(section, `${above}${key}.`))];
  });
}

/** Sections by a name of the user's have chapters of their own. */
function sectionsOf(setting: JsonSchema): readonly JsonSchema[] {
  const forms = [setting, ...(setting.anyOf ?? [])];
  return forms.filter(({ properties }) => properties !== undefined);
}

function initial(setting: JsonSchema, isRequired: boolean): string {
  if (isRequired) return "*required*";
  const value = setting.default;
  const isEmpty = value === undefined || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
  return isEmpty ? "" : code(value);
}

function meaning({ description = "" }: JsonSchema): string {
  return description;
}
