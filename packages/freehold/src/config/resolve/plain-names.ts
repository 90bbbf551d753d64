import type { Findings } from "../findings.ts";
import type { Entry, Section, Tree } from "../yaml/tree.ts";

/**
 * The services under names that ECS takes: Compose allows dots, as in `app.web`, which becomes `app-web`. The others reach it by
 * the name that is written all the same.
 */
export function withPlainNames(services: Section, findings: Findings): Section {
  const renamed = new Map(
    [...services.entries.keys()].flatMap((name) => {
      const plain = name.replaceAll(".", "-");
      return plain === name || services.entries.has(plain) ? [] : [[name, plain] as const];
    }),
  );
  if (renamed.size === 0) return services;
  for (const [written, name] of renamed)
    findings.note(`services.${written}`, `is called \`${name}\` on AWS: ECS takes no dots in names`);
  const entries = [...services.entries].map(([written, entry]): readonly [string, Entry] => {
    const value = withReferences(entry.value, renamed);
    const name = renamed.get(written);
    return name === undefined ? [written, { ...entry, value }] : [name, { ...entry, value, written }];
  });
  return { ...services, entries: new Map(entries) };
}

type Names = ReadonlyMap<string, string>;

/** What names another service for Compose: `depends_on` in either form, `links`. */
function withReferences(service: Tree, names: Names): Tree {
  if (service.kind !== "section") return service;
  const entries = [...service.entries].map(([key, entry]): readonly [string, Entry] =>
    key === "depends_on" || key === "links"
      ? [key, { ...entry, value: withNames(entry.value, names) }]
      : [key, entry],
  );
  return { ...service, entries: new Map(entries) };
}

function withNames(tree: Tree, names: Names): Tree {
  switch (tree.kind) {
    case "scalar": {
      const [name = "", ...alias] = String(tree.value).split(":");
      return { ...tree, value: [names.get(name) ?? name, ...alias].join(":") };
    }
    case "list":
      return { ...tree, items: tree.items.map((item) => withNames(item, names)) };
    case "section":
      return {
        ...tree,
        entries: new Map([...tree.entries].map(([name, entry]) => [names.get(name) ?? name, entry])),
      };
  }
}
