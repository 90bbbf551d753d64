import fc from "fast-check";
import { toJsonSchema } from "../../schema/json-schema.ts";
import { fileSections } from "../../schema/sections.ts";
import { apart } from "./apart.ts";
import { fromSchema, without, withoutUndefined } from "./from-schema.ts";
import { settingMeanings } from "./meanings.ts";
import {
  containerOf,
  containerSections,
  type Named,
  resourceSections,
  settingsOf,
  siteOf,
  siteSections,
  type Values,
} from "./services.ts";

interface Home {
  readonly compose: Values;
  /** How a service names it; the variables become bindings. */
  readonly named: (name: string) => Values;
}

const postgres = (name: string) => ({
  DATABASE_URL: `postgres://app:app@${name}:5432/app?sslmode=require`,
  DB_HOST: name,
});
const mysql = (name: string) => ({ MYSQL_URL: `mysql://app:app@${name}:3306/app`, DB_ADDR: `${name}:3306` });
const redis = (name: string) => ({ REDIS_URL: `redis://${name}:6379/0` });

/** What each kind of resource is at home, where it has a container. */
const homes: Readonly<Record<string, readonly Home[]>> = {
  database: [
    {
      compose: { image: "postgres:17", environment: { POSTGRES_USER: "app", POSTGRES_PASSWORD: "app" } },
      named: postgres,
    },
    {
      compose: { image: "postgis/postgis:16-3.4", volumes: ["data:/var/lib/postgresql/data"] },
      named: postgres,
    },
    {
      compose: {
        image: "mysql:8.4",
        environment: { MYSQL_USER: "app", MYSQL_PASSWORD: "app", MYSQL_DATABASE: "app" },
      },
      named: mysql,
    },
    {
      compose: { image: "mariadb:11.8", environment: ["MARIADB_USER=app", "MARIADB_DATABASE=app"] },
      named: mysql,
    },
  ],
  cache: [
    { compose: { image: "valkey/valkey:8" }, named: redis },
    { compose: { image: "redis:7-alpine" }, named: redis },
  ],
};

/** Choices that belong together: an engine and a version it has. */
const chosen: Readonly<Record<string, readonly Values[]>> = {
  database: [
    {},
    { engine: "postgres", version: 16 },
    { engine: "mysql", version: "8.4" },
    { engine: "mariadb" },
  ],
  cache: [{}, { engine: "redis", version: "7.1" }, { engine: "valkey" }],
};

interface HomeResource {
  readonly name: string;
  readonly values: Values;
  readonly references: Values;
}

interface Parts {
  readonly containers: readonly Named[];
  readonly sites: readonly Named[];
  /** Resources with a container at home. */
  readonly homes: readonly HomeResource[];
  /** Resources without. */
  readonly away: readonly Named[];
}

const containers = fc
  .array(fc.constantFrom(...containerSections), { minLength: 1, maxLength: 4 })
  .chain((sections) => fc.tuple(...sections.map(containerOf)));
const sites = fc
  .array(fc.constantFrom(...siteSections), { maxLength: 1 })
  .chain((sections) => fc.tuple(...sections.map(siteOf)));
const away = fc.array(fc.constantFrom(...resourceSections), { maxLength: 3 }).chain((sections) =>
  fc.tuple(
    ...sections.map((section, index) => {
      const choice = fc.constantFrom(...(chosen[section.name] ?? [{}]));
      return fc
        .tuple(settingsOf(section), choice)
        .map(
          ([settings, own]): Named => [
            `${section.name}-a${index}`,
            { ...settings, ...own, type: section.name },
          ],
        );
    }),
  ),
);
const atHome = fc
  .array(fc.constantFrom(...resourceSections.filter(({ name }) => name in homes)), { maxLength: 2 })
  .chain((sections) =>
    fc.tuple(
      ...sections.map((section, index) => {
        const home = fc.constantFrom(...(homes[section.name] ?? []));
        const name = `${section.name}-h${index}`;
        return fc.tuple(home, settingsOf(section)).map(
          ([{ compose, named }, settings]): HomeResource => ({
            name,
            values: { ...compose, "x-freehold": settings },
            references: named(name),
          }),
        );
      }),
    ),
  );

/** `depends_on`, `uses`, volumes, files of variables and addresses: a service may refer to any that stands before it. */
function woven(parts: Parts, picks: readonly number[]): readonly Named[] {
  return parts.containers.map(([name, values], index) => {
    const pick = picks[index % picks.length] ?? 0;
    const before = parts.containers.slice(0, index).map(([other]) => other);
    const waits = before.filter((_, at) => (pick >> at) % 2 === 1);
    const needed = parts.homes.filter((_, at) => (pick >> (at + 4)) % 2 === 1);
    const uses = parts.away.map(([other]) => other).filter((_, at) => (pick >> (at + 8)) % 2 === 1);
    const { environment, "x-freehold": settings, ...others } = values;
    const all = [...waits, ...needed.map((one) => one.name)];
    const written = { ...Object.assign({}, ...needed.map(({ references }) => references)), ...interpolated };
    return [
      name,
      {
        ...others,
        ...(pick % 5 === 0
          ? { volumes: [`data:/var/data${pick % 2 === 0 ? ":ro" : ""}`, "./src:/app"] }
          : {}),
        ...(pick % 7 === 0 ? { env_file: [environmentFile.path] } : {}),
        ...(all.length === 0 ? {} : { depends_on: pick % 3 === 0 ? conditions(all) : all }),
        environment: Array.isArray(environment) ? environment : { ...(environment as Values), ...written },
        "x-freehold": { ...(settings as Values), uses, ...(pick % 5 === 0 ? { shared: true } : {}) },
      },
    ];
  });
}

const interpolated: Values = { LEVEL: "${LEVEL:-info}", PRICE: "$$5", MARK: "${NONE:-}b" };

/** A file that generated services may name. */
export const environmentFile = { path: "shared.env", text: "FROM_FILE=1\nQUOTED='two words'\n" };

function conditions(names: readonly string[]): Values {
  return Object.fromEntries(names.map((name) => [name, { condition: "service_started" }]));
}

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const environment = fromSchema(
  without(toJsonSchema(fileSections.environment), "services", "resources"),
  "environment",
  settingMeanings,
);
const collection = fc
  .tuple(
    fromSchema(without(toJsonSchema(fileSections.collection), "environments"), "collection", settingMeanings),
    fc.option(fc.dictionary(label, fc.option(environment), { minKeys: 1, maxKeys: 2 }), { nil: undefined }),
  )
  .map(([settings, environments]) => withoutUndefined({ ...(settings as Values), environments }));
const application = fc
  .tuple(
    fromSchema(
      without(toJsonSchema(fileSections.application), "resources", "collections"),
      "application",
      settingMeanings,
    ),
    fc.option(fc.dictionary(label, fc.option(collection), { minKeys: 1, maxKeys: 2 }), { nil: undefined }),
  )
  .map(([settings, collections]) => withoutUndefined({ ...(settings as Values), collections }));

/** Every second service and resource is somewhat different in every environment. */
function overridden(settings: Values, parts: Parts): Values {
  const { collections } = settings;
  const services = Object.fromEntries(
    parts.containers
      .filter((_, at) => at % 2 === 0)
      .map(([name]) => [name, { memory: "2g", variables: { OF: name } }]),
  );
  const resources = Object.fromEntries(parts.away.slice(0, 1));
  const differing = (values: unknown) => ({ ...(values as Values), services, resources });
  return withoutUndefined({
    ...settings,
    collections: mapped(collections, (one) => ({
      ...(one as Values),
      ...withoutUndefined({ environments: mapped((one as Values | null)?.["environments"], differing) }),
    })),
  });
}

function mapped(section: unknown, change: (value: unknown) => Values): Values | undefined {
  if (typeof section !== "object" || section === null) return undefined;
  return Object.fromEntries(Object.entries(section).map(([key, value]) => [key, change(value)]));
}

const volumeSettings = fc.oneof(...resourceSections.filter(({ name }) => name === "volume").map(settingsOf));

/** A whole native file as a value: services of every type, resources, collections, environments, variables, volumes, bindings. */
export const validFile: fc.Arbitrary<Values> = fc
  .record({
    parts: fc.record({ containers, sites, homes: atHome, away }),
    settings: application,
    data: fc.option(volumeSettings.map((settings) => ({ "x-freehold": settings }))),
    picks: fc.array(fc.nat(65_535), { minLength: 1, maxLength: 4 }),
    name: fc.option(fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,15}$/), { nil: undefined }),
  })
  .map(({ parts, settings, data, picks, name }) =>
    withoutUndefined({
      name,
      services: Object.fromEntries([
        ...woven(parts, picks),
        ...parts.sites,
        ...parts.homes.map((one) => [one.name, one.values] as const),
      ]),
      volumes: { data },
      "x-freehold": { ...overridden(settings, parts), resources: Object.fromEntries(parts.away) },
    }),
  )
  .map(apart);
