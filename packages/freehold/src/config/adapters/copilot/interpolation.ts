import { type Section, scalar, section, type Tree } from "../../yaml/tree.ts";

export interface Names {
  readonly application: string;
  readonly environments: readonly string[];
  /** Undefined while a value is meant for every environment. */
  readonly environment?: string;
  readonly services: readonly string[];
}

/**
 * A value as the native language writes it: Copilot's own variables are filled in, `${NAME}` of the shell stays, every other
 * dollar is doubled, and the names Copilot gave services in private DNS become those they have here
 * (https://aws.github.io/copilot-cli/docs/developing/manifest-env-var/).
 */
export function native(tree: Tree, names: Names): Tree {
  switch (tree.kind) {
    case "scalar":
      return typeof tree.value === "string" ? scalar(nativeText(tree.value, names), tree.place) : tree;
    case "list":
      return { ...tree, items: tree.items.map((item) => native(item, names)) };
    case "section":
      return nativeSection(tree, names);
  }
}

function nativeSection(tree: Section, names: Names): Section {
  const entries = [...tree.entries].map(
    ([key, entry]) => [key, { ...entry, value: native(entry.value, names) }] as const,
  );
  return section(entries, tree.place);
}

function nativeText(text: string, names: Names): string {
  const filled = text.replaceAll(
    /(\\?)\$(\{([A-Za-z_][A-Za-z0-9_]*)\})?/g,
    (whole, escaped, braces, name) => {
      if (braces === undefined) return `${escaped}$$`;
      if (escaped === "\\") return `$$${braces}`;
      if (name === "COPILOT_APPLICATION_NAME") return names.application;
      if (name === "COPILOT_ENVIRONMENT_NAME") return names.environment ?? whole;
      return whole;
    },
  );
  return withOwnNames(filled, names);
}

/** `api.test.shop.local` is `api` here. */
function withOwnNames(text: string, { application, environments, services }: Names): string {
  const ends = environments.map((name) => `.${name}.${application}.local`);
  return services.reduce(
    (all, service) => ends.reduce((one, end) => one.replaceAll(`${service}${end}`, service), all),
    text,
  );
}
