import type { Mark, Part } from "../part.ts";
import { needsOf } from "./needs.ts";
import { portIn } from "./port.ts";

/** Port each listens on where its program says nothing else. */
const frameworks: Readonly<Record<string, number>> = {
  axum: 3000,
  "actix-web": 8080,
  rocket: 8000,
  warp: 3030,
  poem: 3000,
  salvo: 5800,
};

/** A Rust crate with a `main`; a library alone is no program. */
export const rustMark: Mark = (folder) => {
  const manifest = folder.text("Cargo.toml");
  if (manifest === undefined || !folder.files.has("src/main.rs")) return undefined;
  const crates = cratesOf(manifest);
  const framework = Object.keys(frameworks).find((name) => crates.has(name));
  return {
    folder: folder.path,
    kind: "Rust",
    because:
      framework === undefined ? "Cargo.toml, and src/main.rs" : `src/main.rs, and ${framework} in Cargo.toml`,
    serving: servingOf(framework, folder.text("src/main.rs") ?? ""),
    processes: [],
    needs: needsOf(crates),
    recipe: { language: "rust", binary: binaryOf(manifest) },
  };
};

function servingOf(framework: string | undefined, main: string): Part["serving"] {
  return framework === undefined
    ? { kind: "nothing" }
    : { kind: "http", port: portIn(main) ?? frameworks[framework] ?? 8080 };
}

/** Names of the crates it requires itself, and of the databases that a crate's features are for: `sqlx+postgres`. */
function cratesOf(manifest: string): ReadonlySet<string> {
  const sections = manifest.split(/^(?=\[)/m);
  const own = sections.filter((one) => !/^\[(?:dev|build)-dependencies/.test(one)).join("");
  const names = [...own.matchAll(/^([A-Za-z][\w-]*)\s*=|^\[dependencies\.([\w-]+)\]/gm)].map(
    ([, inline, section]) => inline ?? section ?? "",
  );
  const featured = [...own.matchAll(/^(sqlx|diesel|sea-orm)\s*=[^[\n]*(?:\[([^[\]]*)\])?/gm)].flatMap(
    ([, name = "", features = ""]) =>
      [...features.matchAll(/"(?:sqlx-)?(postgres|mysql|sqlite)"/g)].map(
        ([, engine = ""]) => `${name}+${engine}`,
      ),
  );
  return new Set([...names, ...featured]);
}

function binaryOf(manifest: string): string {
  const section = /^\[\[bin\]\][^[]*?^name\s*=\s*"([^"]+)"/m.exec(manifest)?.[1];
  return section ?? /^name\s*=\s*"([^"]+)"/m.exec(manifest)?.[1] ?? "app";
}
