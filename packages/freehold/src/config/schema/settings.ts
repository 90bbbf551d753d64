import { stringify } from "yaml";
import { notBuilt } from "../later.ts";
import type * as z from "../zod.ts";
import { type JsonSchema, toJsonSchema } from "./json-schema.ts";
import { everyContainer, fileSections, resourceNames, type Section, serviceSections } from "./sections.ts";
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
  /** `path: /api`; empty where the value says it all. */
  readonly example: string;
  /** Whether AWS has its side: what is not built yet is accepted and noted, or refused where that would not be safe. */
  readonly standing: "built" | "accepted" | "refused";
}

/** All settings of one section of the file. */
export interface Chapter {
  readonly title: string;
  /** Where they are written: paths in the file. */
  readonly places: readonly string[];
  readonly about: string;
  readonly settings: readonly Setting[];
}

const inService = "services.<name>.x-freehold";
const inResources = "x-freehold.resources.<name>";

/** What may stand under `x-freehold`. */
export function freeholdChapters(): readonly Chapter[] {
  return [
    chapter("The whole file", ["x-freehold"], fileSections.application),
    chapter("A collection", ["x-freehold.collections.<name>"], fileSections.collection),
    chapter(
      "An environment",
      ["x-freehold.collections.<name>.environments.<name>"],
      fileSections.environment,
    ),
    anyService,
    chapter("Every container", [inService], everyContainer),
    ...serviceSections.map(typeChapter),
  ];
}

function chapter(title: string, places: readonly string[], schema: z.ZodType): Chapter {
  const { description: about = "", ...json } = toJsonSchema(schema);
  return { title, places, about, settings: settingsOf(json) };
}

const anyService: Chapter = {
  title: "Every service",
  places: [inService, inResources],
  about: "What it becomes. Each type has settings of its own, below.",
  settings: [
    {
      key: "type",
      value: [...serviceSections.map(({ name }) => name), "ignore"].map(code).join(" or "),
      initial: "inferred",
      isRequired: false,
      meaning:
        "What the service becomes. Where it is left out, the image and the keys of the service tell. `ignore` leaves it out on AWS.",
      example: "type: worker",
      standing: "built",
    },
  ],
};

/** The settings of one type, without those that every container has. */
function typeChapter({ name, schema }: Section): Chapter {
  const json = toJsonSchema(schema);
  const { type, ...properties } = json.properties ?? {};
  const isContainer = Object.hasOwn(properties, "release");
  const own = Object.entries(properties).filter(
    ([key]) => !isContainer || !Object.hasOwn(everyContainer.shape, key),
  );
  return {
    title: `type: ${name}`,
    places: [
      inService,
      ...(resourceNames.includes(name) ? [inResources] : []),
      ...(name === "volume" ? ["volumes.<name>.x-freehold"] : []),
    ],
    about: [
      type?.description ?? "",
      ...(isContainer ? ["It has the settings of every container, and these of its own."] : []),
    ].join(" "),
    settings: settingsOf({ ...json, properties: Object.fromEntries(own) }),
  };
}

/** The settings of a section and of those within it; `above` is what their keys begin with. */
export function settingsOf(schema: JsonSchema, above = ""): readonly Setting[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const own = setting(`${above}${name}`, part, schema.required?.includes(name) === true);
    const inner = longForms(part).flatMap((form) => settingsOf(form, `${own.key}.`));
    return [
      own,
      ...inner.map((one) => (own.standing === "built" ? one : { ...one, standing: own.standing })),
    ];
  });
}

function setting(key: string, schema: JsonSchema, isRequired: boolean): Setting {
  return {
    key,
    value: valueText(schema),
    initial: initialOf(schema),
    isRequired,
    meaning: schema.description ?? "",
    example: exampleOf(key, schema),
    standing: standingOf(schema),
  };
}

/** Whether AWS has its side. */
export function standingOf({ not, description = "" }: JsonSchema): Setting["standing"] {
  if (not !== undefined) return "refused";
  return description.endsWith(notBuilt) ? "accepted" : "built";
}

function exampleOf(key: string, { examples: [first] = [] }: JsonSchema): string {
  if (first === undefined) return "";
  const whole = key.split(".").reduceRight((value, name) => ({ [name]: value }), first);
  const written = stringify(whole, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: true });
  return written.trim().replace(/^\{ (.*) \}$/, "$1");
}

/** Sections by a name of the user's have chapters of their own. */
export function longForms(schema: JsonSchema): readonly JsonSchema[] {
  return [schema, ...(schema.anyOf ?? [])].filter(({ properties }) => properties !== undefined);
}

function initialOf({ default: value }: JsonSchema): string {
  const isEmpty = value === undefined || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
  return isEmpty ? "" : code(value);
}

/** A part of a message as a sentence of its own. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
