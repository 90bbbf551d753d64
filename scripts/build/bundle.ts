import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";

/**
 * The command in few files instead of hundreds, since finding and linking modules is most of a cold start. What npm installs with
 * the package stays outside; every other library is taken in, with its licence.
 */
export async function bundle(folder: string): Promise<void> {
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { metafile } = await build({
    entryPoints: [join(folder, "src/cli/main.ts")],
    outdir: join(folder, "dist/cli"),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    external: Object.keys(dependencies),
    plugins: [englishOnly],
    // Libraries written for CommonJS ask for Node's own modules with it.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    metafile: true,
  });
  writeFileSync(join(folder, "dist/LICENSES.txt"), licences(metafile));
}

/** The messages of `zod` in fifty languages, none of which is asked for, are half of it. */
const englishOnly: Plugin = {
  name: "english only",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, () => ({ contents: "" })),
};

function licences({ inputs }: Metafile): string {
  const roots = Object.keys(inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  return [...new Set(roots)]
    .sort()
    .map(
      (root) => `${root.replace(/^.*node_modules\//, "")}\n\n${readFileSync(join(root, "LICENSE"), "utf8")}`,
    )
    .join("\n\n");
}
