import type { Mark, Part } from "../part.ts";
import type { Folder } from "../repository.ts";
import { needsOf } from "./needs.ts";
import { portIn } from "./port.ts";

/** A Go module with a `main` package; a library alone is no program. */
export const goMark: Mark = (folder) => {
  const module = folder.text("go.mod");
  if (module === undefined) return undefined;
  const mains = mainPackages(folder);
  const main = mains[0];
  if (main === undefined) return undefined;
  return {
    folder: folder.path,
    kind: "Go",
    because: `go.mod, and package main in ${main}`,
    serving: servingOf(folder),
    processes: [],
    needs: needsOf(modulesOf(module)),
    recipe: { language: "go", hasSums: folder.files.has("go.sum"), main },
  };
};

/** Folders with a `package main`, as `go build` takes them; the module's root first, then `cmd/server` before `cmd/tool`. */
function mainPackages(folder: Folder): readonly string[] {
  const folders = [...folder.files]
    .filter((file) => /(?:^|\/)[\w-]+\.go$/.test(file) && !file.endsWith("_test.go"))
    .filter((file) => /^package main\b/m.test(folder.text(file) ?? ""))
    .map((file) => (file.includes("/") ? `./${file.slice(0, file.lastIndexOf("/"))}` : "."));
  return [...new Set(folders)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function rank(path: string): number {
  if (path === ".") return 0;
  return /\/(?:server|api|web|app|http)$/.test(path) ? 1 : 2;
}

function servingOf(folder: Folder): Part["serving"] {
  const sources = [...folder.files]
    .filter((file) => file.endsWith(".go"))
    .map((file) => folder.text(file) ?? "");
  const isServer = sources.some((text) =>
    /ListenAndServe|http\.Server\{|gin\.(?:Default|New)\(|echo\.New\(|fiber\.New\(/.test(text),
  );
  return isServer
    ? { kind: "http", port: sources.map(portIn).find((port) => port !== undefined) ?? 8080 }
    : { kind: "nothing" };
}

/** Paths of the modules that the program itself requires, without the major version at their end: `github.com/jackc/pgx/v5` is `github.com/jackc/pgx`. */
function modulesOf(text: string): ReadonlySet<string> {
  const direct = text.replaceAll(/^.*\/\/ indirect$/gm, "");
  const found = [...direct.matchAll(/^[ \t]*(?:require[ \t]+)?((?=[\w-]+\.)[\w.-]+\/\S+)[ \t]+v\d/gm)];
  return new Set(found.map((match) => (match[1] ?? "").replace(/\/v\d+$/, "")));
}
