import { partAt, type Section, type Tree } from "../../yaml/tree.ts";

export type OtherNames = ReadonlyMap<string, string>;

/** Of each service, the other names by which it reaches services at home, each with the service's own. */
export function otherNames(services: Section): ReadonlyMap<string, OtherNames> {
  const shared = sharedNames(services);
  return new Map(
    [...services.entries].map(([name, { value }]) => [name, new Map([...shared, ...linksOf(value)])]),
  );
}

/** `container_name`, `hostname`, aliases in networks, and the name as it is written. */
function sharedNames(services: Section): OtherNames {
  const all = [...services.entries].flatMap(([name, { value, written }]) =>
    [...namesOf(value), ...(written === undefined ? [] : [written])].map(
      (alias): readonly [string, string] => [alias, name],
    ),
  );
  return new Map(all.filter(([alias]) => !services.entries.has(alias)));
}

/** `links: ["db:database"]` gives one service a name of its own for another. */
function linksOf(service: Tree): OtherNames {
  return new Map(
    textsAt(service, "links").flatMap((link) => {
      const [name, alias] = link.split(":");
      return name === undefined || alias === undefined ? [] : [[alias, name]];
    }),
  );
}

function namesOf(service: Tree): readonly string[] {
  const networks = partAt(service, ["networks"]);
  const members = networks?.kind === "section" ? [...networks.entries.values()] : [];
  return [
    ...textsAt(service, "container_name"),
    ...textsAt(service, "hostname"),
    ...members.flatMap(({ value }) => textsAt(value, "aliases")),
  ];
}

/** A text or a list of texts. */
function textsAt(tree: Tree, key: string): readonly string[] {
  const part = partAt(tree, [key]);
  const items = part?.kind === "list" ? part.items : part === undefined ? [] : [part];
  return items.flatMap((item) =>
    item.kind === "scalar" && typeof item.value === "string" ? [item.value] : [],
  );
}

/** The value with each alias that stands where a host would replaced by the service's own name. */
export function withOwnNames(value: string, names: OtherNames = new Map()): string {
  if (names.size === 0) return value;
  return value.replaceAll(
    /(^|\/\/|[@=,])([A-Za-z0-9][A-Za-z0-9._-]*)(?=$|[:/,;?\s])/g,
    (whole, before: string, host: string) => {
      const name = names.get(host);
      return name === undefined ? whole : `${before}${name}`;
    },
  );
}
