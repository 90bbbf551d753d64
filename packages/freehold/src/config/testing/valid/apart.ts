import { withoutUndefined } from "./from-schema.ts";
import type { Values } from "./services.ts";

/** The same file with what each collection and environment has to itself: host names, and the first makes the others' releases. */
export function apart(file: Values): Values {
  const settings = section(file["x-freehold"]);
  const names = environmentNames(settings);
  const collections = mapped(settings["collections"], (own, collection) => ({
    ...own,
    domain: own["domain"] === undefined ? undefined : `${collection}.example`,
    environments: mapped(own["environments"], (environment, name) =>
      alone(environment, `${collection}/${name}`, names[0]),
    ),
  }));
  return {
    ...file,
    ...(names.length > 1 ? { services: mapped(file["services"], withoutHost) } : {}),
    "x-freehold": withoutUndefined({ ...settings, collections }),
  };
}

function alone(environment: Values, fullName: string, source: string | undefined): Values {
  const { promote_from: from, domains } = environment;
  return withoutUndefined({
    ...environment,
    promote_from: from === undefined || source === fullName ? undefined : source,
    domains: domains === undefined ? undefined : [`www.${fullName.replace("/", ".")}.example`],
  });
}

/** A service's own host name would lead to every environment. */
function withoutHost(service: Values): Values {
  const settings = service["x-freehold"];
  return settings === undefined
    ? service
    : { ...service, "x-freehold": withoutUndefined({ ...section(settings), domain: undefined }) };
}

function environmentNames(settings: Values): readonly string[] {
  return Object.entries(section(settings["collections"])).flatMap(([collection, own]) =>
    Object.keys(section(section(own)["environments"] ?? { dev: null })).map(
      (name) => `${collection}/${name}`,
    ),
  );
}

/** Each part of a section changed; nothing where there is no section. */
function mapped(whole: unknown, change: (part: Values, name: string) => Values): Values | undefined {
  if (whole === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(section(whole)).map(([name, part]) => [
      name,
      part === null ? null : withoutUndefined(change(section(part), name)),
    ]),
  );
}

function section(value: unknown): Values {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
