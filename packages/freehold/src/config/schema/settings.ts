import { buildKeys, deployKeys, type Fate, fileKeys, type KeyTable, serviceKeys } from "../compose/keys.ts";
import { serviceSchema } from "../compose/service.ts";
import { type JsonSchema, toJsonSchema } from "./json-schema.ts";
import { fileSections, serviceSections } from "./sections.ts";
import { code, valueText } from "./value-text.ts";

/** One thing that may be written, in words. */
export interface Setting {
  /** `health.path`: below its chapter. */
  readonly key: string;
  /** What may be written; empty when anything may, because it is not read. */
  readonly value: string;
  /** As a person would write it; empty when there is none. */
  readonly initial: string;
  readonly isRequired: boolean;
  readonly meaning: string;
}

/** All settings of one section of the file. */
export interface Chapter {
  /** Where they are written. */
  readonly place: string;
  readonly about?: string;
  readonly settings: readonly Setting[];
}

/** What may stand under `x-freehold`. */
export function freeholdChapters(): readonly Chapter[] {
  const around = [
    { place: "x-freehold", schema: fileSections.application },
    { place: "x-freehold.collections.<name>", schema: fileSections.collection },
    { place: "x-freehold.collections.<name>.environments.<name>", schema: fileSections.environment },
  ];
  return [
    ...around.map(({ place, schema }) => ({ place, settings: settingsOf(toJsonSchema(schema)) })),
    ...serviceSections.map(({ name, schema }) => typeChapter(name, toJsonSchema(schema))),
  ];
}

function typeChapter(name: string, schema: JsonSchema): Chapter {
  const { type, ...properties } = schema.properties ?? {};
  return {
    place: `type: ${name}`,
    about: type?.description ?? "",
    settings: settingsOf({ ...schema, properties }),
  };
}

function settingsOf(schema: JsonSchema, above = ""): readonly Setting[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const key = `${above}${name}`;
    const isRequired = schema.required?.includes(name) === true;
    const own = {
      key,
      value: valueText(part),
      initial: initialOf(part),
      isRequired,
      meaning: part.description ?? "",
    };
    return [own, ...longForms(part).flatMap((form) => settingsOf(form, `${key}.`))];
  });
}

/** Sections by a name of the user's have chapters of their own. */
function longForms(schema: JsonSchema): readonly JsonSchema[] {
  return [schema, ...(schema.anyOf ?? [])].filter(({ properties }) => properties !== undefined);
}

function initialOf({ default: value }: JsonSchema): string {
  const isEmpty = value === undefined || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
  return isEmpty ? "" : code(value);
}

/** A key of the Compose specification with what becomes of it. */
export interface ComposeKey extends Omit<Setting, "initial" | "isRequired"> {
  readonly fate: "honoured" | "noted" | "refused";
}

export interface ComposeChapter {
  readonly place: string;
  readonly keys: readonly ComposeKey[];
}

/** Every key of the Compose specification, by section. */
export function composeChapters(): readonly ComposeChapter[] {
  const service = toJsonSchema(serviceSchema).properties ?? {};
  const section = (name: string) => longForms(service[name] ?? {})[0]?.properties ?? {};
  return [
    { place: "the file", keys: composeKeys(fileKeys, {}) },
    { place: "a service", keys: composeKeys(serviceKeys, service) },
    { place: "build", keys: composeKeys(buildKeys, section("build")) },
    { place: "deploy", keys: composeKeys(deployKeys, section("deploy")) },
  ];
}

function composeKeys(table: KeyTable, honoured: Readonly<Record<string, JsonSchema>>): readonly ComposeKey[] {
  return Object.entries(table).map(([key, fate]) => ({ key, ...told(fate, honoured[key]) }));
}

function told(fate: Fate, schema: JsonSchema | undefined): Omit<ComposeKey, "key"> {
  if (fate === "honoured") {
    const value = schema === undefined ? "" : valueText(schema);
    return { fate, value, meaning: schema?.description ?? "" };
  }
  return "noted" in fate
    ? { fate: "noted", value: "", meaning: sentence(fate.noted) }
    : { fate: "refused", value: "", meaning: `${sentence(fate.refused)} Way out: ${fate.hint}.` };
}

/** A part of a message as a sentence of its own. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
