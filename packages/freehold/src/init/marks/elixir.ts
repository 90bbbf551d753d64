import type { Mark } from "../part.ts";
import { needsOf } from "./needs.ts";

/** A Phoenix application; in production it wants a key of its own (https://hexdocs.pm/phoenix/deployment.html). */
export const elixirMark: Mark = (folder) => {
  const project = folder.text("mix.exs");
  if (project === undefined) return undefined;
  const libraries = new Set([...project.matchAll(/\{:(\w+),/g)].map(([, name = ""]) => name));
  if (!libraries.has("phoenix")) return undefined;
  const needs = needsOf(libraries);
  return {
    folder: folder.path,
    kind: "Phoenix",
    because: "phoenix in mix.exs",
    serving: { kind: "http", port: 4000 },
    ...(needs.database !== undefined && libraries.has("ecto_sql") ? { release: "mix ecto.migrate" } : {}),
    processes: [],
    needs,
    secrets: ["SECRET_KEY_BASE"],
    recipe: { language: "elixir", hasAssets: /["']?assets\.deploy["']?:/.test(project) },
  };
};
