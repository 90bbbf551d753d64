import type { Part } from "./part.ts";
import { folderAt, type Repository } from "./repository.ts";
import { isSecret } from "./secret-names.ts";

interface ExampleVariables {
  /** What the program calls the URL of its database, and of its cache. */
  readonly database: string;
  readonly cache: string;
  /** Names whose values are nobody's business. */
  readonly secrets: readonly string[];
}

const exampleNames = [".env.example", ".env.sample", ".env.template", ".env.dist"];

/** What the example of its environment file says of a program's variables. */
export function exampleVariables(
  part: Pick<Part, "folder" | "names" | "secrets">,
  repository: Repository,
): ExampleVariables {
  const pairs = [part.folder, "."].flatMap((path) => {
    const folder = folderAt(repository, path);
    const file = exampleNames.find((name) => folder.files.has(name));
    return file === undefined ? [] : pairsOf(folder.text(file) ?? "");
  });
  const named = (scheme: RegExp) => pairs.find(([, value]) => scheme.test(value))?.[0];
  return {
    database: part.names?.database ?? named(/^(?:postgres(?:ql)?|mysql)(?:\+\w+)?:\/\//) ?? "DATABASE_URL",
    cache: part.names?.cache ?? named(/^rediss?:\/\//) ?? "REDIS_URL",
    secrets: [...new Set([...(part.secrets ?? []), ...pairs.map(([name]) => name).filter(isSecret)])],
  };
}

function pairsOf(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*["']?([^"'\n]*)/gm)].map(
    ([, name = "", value = ""]) => [name, value.trim()],
  );
}
