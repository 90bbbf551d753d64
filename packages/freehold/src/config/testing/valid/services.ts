import fc from "fast-check";
import { type KeyTable, serviceKeys } from "../../compose/keys.ts";
import { serviceSchema } from "../../compose/service.ts";
import { toJsonSchema } from "../../schema/json-schema.ts";
import { resourceNames, type Section, serviceSections } from "../../schema/sections.ts";
import { fromSchema, without, withoutUndefined, word } from "./from-schema.ts";
import { composeMeanings, settingMeanings } from "./meanings.ts";

export type Values = Readonly<Record<string, unknown>>;
export type Named = readonly [name: string, values: Values];

/** Keys that say what a service is or refer to others: the file is put together with them. */
const woven = {
  settings: ["type", "path", "uses", "port", "engine", "version", "output", "build", "folder", "shared"],
  compose: [
    "build",
    "image",
    "ports",
    "expose",
    "depends_on",
    "links",
    "volumes",
    "env_file",
    "extends",
    "profiles",
    "configs",
    "secrets",
  ],
  noCompose: ["restart", "network_mode"],
} as const;

/** Settings of one type without those that weave the file together. */
export function settingsOf({ name, schema }: Section): fc.Arbitrary<Values> {
  const settings = without(toJsonSchema(schema), ...woven.settings);
  return fromSchema(settings, name, settingMeanings).map((value) => value as Values);
}

const composeSchema = without(toJsonSchema(serviceSchema), ...woven.compose, ...woven.noCompose);

/** Keys of Compose that any container may have: the honoured ones, and a few of the noted. */
export const composePart: fc.Arbitrary<Values> = fc
  .tuple(fromSchema(composeSchema, "service", composeMeanings), notedPart(serviceKeys))
  .map(([honoured, noted]) => ({ ...noted, ...(honoured as Values) }));

function notedPart(table: KeyTable): fc.Arbitrary<Values> {
  const noted = Object.keys(table).filter((key) => typeof table[key] === "object" && "noted" in table[key]);
  const plain = noted.filter((key) => !["container_name", "hostname", "networks"].includes(key));
  return fc.dictionary(fc.constantFrom(...plain), fc.oneof(word, fc.boolean(), fc.constant(null)), {
    maxKeys: 2,
  });
}

const source = fc.oneof(
  fc.record({ image: fc.constantFrom("nginx:1.27", "ghcr.io/me/app:2", "busybox") }),
  fc.record({ build: composeMeanings["service.build"] ?? fc.constant(".") }),
);

/** What makes a container each type, by inference or by its word. */
const shapes: Readonly<
  Record<string, (port: number) => fc.Arbitrary<{ readonly compose: Values; readonly own: Values }>>
> = {
  web: (port) =>
    fc.constantFrom(
      { compose: { ports: [`${port}`] }, own: {} },
      { compose: { ports: [`80:${port}`] }, own: { type: "web" } },
      { compose: { ports: [{ target: port, published: "8080" }] }, own: {} },
      { compose: {}, own: { type: "web", port } },
    ),
  private: (port) =>
    fc.constantFrom(
      { compose: { expose: [port] }, own: {} },
      { compose: { ports: [`127.0.0.1:9000:${port}`] }, own: {} },
      { compose: {}, own: { type: "private", port } },
    ),
  worker: () =>
    fc.constantFrom({ compose: {}, own: {} }, { compose: { restart: "always" }, own: { type: "worker" } }),
  cron: () => fc.constantFrom({ compose: {}, own: {} }, { compose: {}, own: { type: "cron" } }),
  job: () =>
    fc.constantFrom(
      { compose: { restart: "no", command: ["true"] }, own: {} },
      { compose: { profiles: ["tools"] }, own: {} },
      { compose: {}, own: { type: "job" } },
    ),
};

/** One service of each type that is a container, called `<type>-<index>`. */
export function containerOf(section: Section, index: number): fc.Arbitrary<Named> {
  const { name: type } = section;
  const port = 8000 + index;
  const shape = shapes[type]?.(port) ?? fc.constant({ compose: {}, own: { type } });
  return fc
    .tuple(source, composePart, settingsOf(section), shape)
    .map(([from, compose, settings, { compose: made, own }]) => {
      const { deploy, ...others } = compose;
      const path = type === "web" ? { path: `/${type}${index}` } : {};
      const extension = withoutUndefined({ ...settings, ...own, ...path });
      return [
        `${type}-${index}`,
        { ...others, ...(deploy === undefined ? {} : { deploy }), ...from, ...made, "x-freehold": extension },
      ] as const;
    });
}

export function siteOf(section: Section, index: number): fc.Arbitrary<Named> {
  const made = fc.constantFrom<readonly [Values, Values]>(
    [{ build: "./web" }, { output: "/usr/share/nginx/html" }],
    [{}, { build: "npm run build", output: "dist", folder: "./web" }],
    [{ build: "./web" }, { build: "make", output: "./out" }],
  );
  return fc
    .tuple(made, settingsOf(section))
    .map(([[compose, own], settings]) => [
      `site-${index}`,
      { ...compose, "x-freehold": { ...settings, ...own, type: "site", path: `/site${index}` } },
    ]);
}

export const containerSections = serviceSections.filter(
  ({ name }) => name !== "site" && !resourceNames.includes(name),
);
export const resourceSections = serviceSections.filter(({ name }) => resourceNames.includes(name));
export const siteSections = serviceSections.filter(({ name }) => name === "site");
