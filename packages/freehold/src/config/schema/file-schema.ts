import { buildKeys, deployKeys, fileKeys, type KeyTable, serviceKeys } from "../compose/keys.ts";
import { serviceSchema } from "../compose/service.ts";
import { type JsonSchema, orInterpolated, toJsonSchema } from "./json-schema.ts";
import { fileSections, resourceNames, type Section, serviceSections } from "./sections.ts";

/**
 * A Compose file with its `x-freehold` settings, for editors.
 *
 * What is noted is allowed and says why it changes nothing; what is refused is an error there too.
 */
export function fileSchema(): JsonSchema {
  const definitions = {
    service: composeService(),
    application: applicationSettings(),
    ...Object.fromEntries(serviceSections.map(({ name, schema }) => [name, toJsonSchema(schema)])),
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "A Compose file for Freehold",
    ...openObject({
      ...fated(fileKeys),
      name: { type: "string", description: "Name of the application." },
      services: mapOf({ $ref: "#/definitions/service" }, "The services, by name."),
      volumes: { description: "Named volumes." },
      "x-freehold": { $ref: "#/definitions/application" },
    }),
    definitions: orInterpolated({ definitions }).definitions ?? {},
  };
}

function composeService(): JsonSchema {
  const { properties = {} } = toJsonSchema(serviceSchema);
  const byType = serviceSections.map(({ name }) => ({ $ref: `#/definitions/${name}` }));
  return openObject({
    ...fated(serviceKeys),
    ...properties,
    build: withKeys(properties["build"], buildKeys),
    deploy: withKeys(properties["deploy"], deployKeys),
    "x-freehold": { description: "What it becomes on AWS.", anyOf: [...byType, ignored] },
  });
}

const ignored: JsonSchema = {
  type: "object",
  properties: { type: { const: "ignore", description: "Left out on AWS." } },
  required: ["type"],
  additionalProperties: false,
};

function applicationSettings(): JsonSchema {
  const settings = toJsonSchema(fileSections.application);
  const resources = serviceSections.filter(({ name }) => resourceNames.includes(name)).map(ofType);
  const description = settings.properties?.["resources"]?.description ?? "";
  return {
    ...settings,
    properties: { ...settings.properties, resources: mapOf({ anyOf: resources }, description) },
  };
}

/** With no image to tell it, a resource must say its type. */
function ofType({ schema }: Section): JsonSchema {
  const json = toJsonSchema(schema);
  return { ...json, required: [...(json.required ?? []), "type"] };
}

/** Adds what a section of Compose's may hold besides what is honoured, to its long form. */
function withKeys(schema: JsonSchema | undefined, keys: KeyTable): JsonSchema {
  if (schema?.anyOf !== undefined)
    return { ...schema, anyOf: schema.anyOf.map((one) => withKeys(one, keys)) };
  if (schema?.properties === undefined) return schema ?? {};
  return { ...schema, ...openObject({ ...fated(keys), ...schema.properties }) };
}

function fated(keys: KeyTable): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, fate]) => (fate === "honoured" ? [] : [[key, schemaOfFate(fate)]])),
  );
}

function schemaOfFate(fate: Exclude<KeyTable[string], "honoured">): JsonSchema {
  return "noted" in fate
    ? { description: `Changes nothing: it ${fate.noted}.` }
    : { description: `Refused: ${fate.refused}; ${fate.hint}.`, not: {} };
}

/** An object of Compose's: names that begin with `x-` are anybody's. */
function openObject(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: "object", properties, patternProperties: { "^x-": {} }, additionalProperties: false };
}

function mapOf(schema: JsonSchema, description: string): JsonSchema {
  return { description, type: "object", additionalProperties: schema };
}
