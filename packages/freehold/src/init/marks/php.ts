import type { Mark } from "../part.ts";
import type { Folder } from "../repository.ts";
import { needsOf } from "./needs.ts";
import { parsedObject } from "./parsed-object.ts";

/** WordPress, Laravel, or another PHP program with a front page. */
export const phpMark: Mark = (folder) => wordpress(folder) ?? composer(folder);

/** WordPress always stands on MySQL (https://wordpress.org/about/requirements/). */
function wordpress(folder: Folder): ReturnType<Mark> {
  const mark = ["wp-config.php", "wp-config-sample.php", "wp-load.php"].find((name) =>
    folder.files.has(name),
  );
  if (mark === undefined) return undefined;
  return {
    folder: folder.path,
    kind: "WordPress",
    because: mark,
    serving: { kind: "http", port: 80 },
    processes: [],
    needs: { database: "mysql" },
    recipe: { language: "php", version: "8.3", root: ".", extensions: ["mysqli"] },
  };
}

function composer(folder: Folder): ReturnType<Mark> {
  const text = folder.text("composer.json");
  if (text === undefined) return undefined;
  const file = parsedObject(text);
  const required = new Set(Object.keys(file.object("require")));
  const isLaravel = folder.files.has("artisan") && required.has("laravel/framework");
  const root = ["public", "web", "html"].find((name) => folder.files.has(`${name}/index.php`));
  if (!isLaravel && root === undefined && !folder.files.has("index.php")) return undefined;
  const version = /(8\.\d)/.exec(String(file.object("require")["php"] ?? ""))?.[1] ?? "8.3";
  const known = needsOf(required);
  const needs = isLaravel && known.database === undefined ? { ...known, database: "mysql" as const } : known;
  return {
    folder: folder.path,
    kind: isLaravel ? "Laravel" : "PHP",
    because: isLaravel ? "artisan, and laravel/framework in composer.json" : "composer.json, and index.php",
    serving: { kind: "http", port: 80 },
    ...(isLaravel ? { release: "php artisan migrate --force", health: "/up" } : {}),
    processes:
      isLaravel && required.has("laravel/horizon")
        ? [{ name: "worker", command: "php artisan horizon", because: "laravel/horizon in composer.json" }]
        : [],
    needs,
    recipe: {
      language: "php",
      version,
      root: root ?? (isLaravel ? "public" : "."),
      extensions:
        needs.database === "postgres" ? ["pdo_pgsql"] : needs.database === "mysql" ? ["pdo_mysql"] : [],
    },
  };
}
