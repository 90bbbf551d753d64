import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve as resolvePath } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";

const repository = join(import.meta.dirname, "../..");

/**
 * The command in few files instead of hundreds, since finding and linking modules is most of a cold start. What npm installs with
 * the package stays outside; every other library is taken in, with its licence.
 *
 * @returns the folders of the libraries that were taken in, relative to the repository, e.g. `node_modules/zod`.
 */
export async function bundle(folder: string): Promise<readonly string[]> {
  const packageFile = join(folder, "package.json");
  const { dependencies } = JSON.parse(readFileSync(packageFile, "utf8"));
  const { resolve } = createRequire(packageFile);
  const { metafile } = await build({
    entryPoints: [join(folder, "src/cli/main.ts")],
    outdir: join(folder, "dist/cli"),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    external: Object.keys(dependencies),
    plugins: [unused],
    // Its modules as they are written: what Node would load of it is made over for CommonJS, and taken in whole.
    alias: { yaml: join(dirname(resolve("yaml")), "../browser/index.js") },
    // Libraries written for CommonJS ask for Node's own modules with it.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    metafile: true,
  });
  const roots = libraries(metafile);
  writeFileSync(join(folder, "dist/LICENSES.txt"), licences(roots));
  return roots.map((root) => relative(repository, resolvePath(root)));
}

/**
 * What libraries carry and nobody here asks for: the messages of `zod` in fifty languages, which are half of it, and what `commander`
 * starts commands with that are programs of their own.
 */
const unused: Plugin = {
  name: "unused",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, () => ({ contents: "" }));
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[/\\]commander[/\\]/.test(importer) ? { path: "none", namespace: "unused" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "" }));
  },
};

/** Folders of the libraries in a bundle, relative to the working folder. */
function libraries({ inputs }: Metafile): readonly string[] {
  const roots = Object.keys(inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  return [...new Set(roots)].sort();
}

function licences(roots: readonly string[]): string {
  return roots
    .map(
      (root) => `${root.replace(/^.*node_modules\//, "")}\n\n${readFileSync(join(root, "LICENSE"), "utf8")}`,
    )
    .join("\n\n");
}
