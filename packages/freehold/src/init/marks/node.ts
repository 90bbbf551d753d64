import type { FilesServing, Mark, Needs, Part, Process, Recipe } from "../part.ts";
import type { Folder } from "../repository.ts";
import { needsOf } from "./needs.ts";
import { type ParsedObject, parsedObject } from "./parsed-object.ts";
import { portIn } from "./port.ts";

interface Framework {
  readonly kind: string;
  readonly dependency: string;
  readonly serves: { readonly port: number } | Pick<FilesServing, "output" | "develop">;
}

/** The first whose package is required. One that renders on the server comes before the bundler it may use. */
const frameworks: readonly Framework[] = [
  { kind: "Next.js", dependency: "next", serves: { port: 3000 } },
  { kind: "Nuxt", dependency: "nuxt", serves: { port: 3000 } },
  { kind: "Remix", dependency: "@remix-run/serve", serves: { port: 3000 } },
  { kind: "NestJS", dependency: "@nestjs/core", serves: { port: 3000 } },
  { kind: "Express", dependency: "express", serves: { port: 3000 } },
  { kind: "Fastify", dependency: "fastify", serves: { port: 3000 } },
  { kind: "Koa", dependency: "koa", serves: { port: 3000 } },
  { kind: "Hono", dependency: "@hono/node-server", serves: { port: 3000 } },
  {
    kind: "Create React App",
    dependency: "react-scripts",
    serves: { output: "build", develop: { command: "npm start", port: 3000 } },
  },
  {
    kind: "Astro",
    dependency: "astro",
    serves: { output: "dist", develop: { command: "npm run dev -- --host", port: 4321 } },
  },
  {
    kind: "Vue CLI",
    dependency: "@vue/cli-service",
    serves: { output: "dist", develop: { command: "npm run serve", port: 8080 } },
  },
  {
    kind: "SvelteKit",
    dependency: "@sveltejs/adapter-static",
    serves: { output: "build", develop: { command: "npm run dev -- --host", port: 5173 } },
  },
  {
    kind: "Vite",
    dependency: "vite",
    serves: { output: "dist", develop: { command: "npm run dev -- --host", port: 5173 } },
  },
];

/** A Node program that `npm start` starts, or a front end that `npm run build` makes. */
export const nodeMark: Mark = (folder) => {
  const text = folder.text("package.json");
  if (text === undefined) return undefined;
  const file = parsedObject(text);
  const dependencies = new Set([
    ...Object.keys(file.object("dependencies")),
    ...Object.keys(file.object("devDependencies")),
  ]);
  const framework = frameworks.find(({ dependency }) => dependencies.has(dependency));
  const serving = servingOf(framework, folder, file);
  if (serving === undefined) return undefined;
  return {
    folder: folder.path,
    kind: framework?.kind ?? "Node.js",
    because:
      framework === undefined
        ? "package.json with a start script"
        : `${framework.dependency} in package.json`,
    serving,
    ...releaseOf(folder, dependencies),
    processes: workersOf(file),
    needs: nodeNeeds(folder, dependencies),
    ...(serving.kind === "files" ? {} : { recipe: recipeOf(folder, file) }),
  };
};

function servingOf(
  framework: Framework | undefined,
  folder: Folder,
  file: ParsedObject,
): Part["serving"] | undefined {
  const scripts = file.object("scripts");
  if (framework === undefined && file.has("bin")) return undefined;
  if (framework !== undefined && "output" in framework.serves && hasPage(framework, folder)) {
    return scripts["build"] === undefined
      ? undefined
      : { kind: "files", folder: folder.path, build: installAndBuild(folder), ...framework.serves };
  }
  if (
    !isStarted(folder, file) ||
    (framework === undefined && scripts["start"] === undefined && !folder.files.has("server.js"))
  )
    return undefined;
  return servesHttp(framework, folder)
    ? { kind: "http", port: portOf(folder, scripts) ?? 3000 }
    : { kind: "nothing" };
}

/** Vite makes files of a page; without one it makes a library, or what a server of another framework renders. */
function hasPage({ dependency }: Framework, { files }: Folder): boolean {
  return dependency !== "vite" || [...files].some((file) => /(?:^|\/)index\.html$/.test(file));
}

/** `main` of a library names what is not built yet. */
function isStarted(folder: Folder, file: ParsedObject): boolean {
  const main = file.text("main")?.replace(/^\.\//, "");
  const has = (name: string) => folder.files.has(name) || folder.files.has(`${name}.js`);
  return file.section("scripts").has("start") || has("server.js") || (main !== undefined && has(main));
}

function servesHttp(framework: Framework | undefined, folder: Folder): boolean {
  return framework !== undefined || sourcesOf(folder).some((text) => /createServer\(|\.listen\(/.test(text));
}

function sourcesOf(folder: Folder): readonly string[] {
  return [...folder.files]
    .filter((file) => /^(?:src\/)?(?:app|main|server|index)\.(?:js|ts|mjs)$/.test(file))
    .map((file) => folder.text(file) ?? "");
}

/** Told by the start script (`next start -p 4000`), else by the sources. */
function portOf(folder: Folder, scripts: Readonly<Record<string, unknown>>): number | undefined {
  const flag = /(?:-p|--port)[ =](\d{2,5})\b/.exec(String(scripts["start"] ?? ""))?.[1];
  return flag === undefined
    ? sourcesOf(folder)
        .map(portIn)
        .find((port) => port !== undefined)
    : Number(flag);
}

function releaseOf(folder: Folder, dependencies: ReadonlySet<string>): { readonly release?: string } {
  if (folder.files.has("prisma/schema.prisma") && dependencies.has("prisma"))
    return { release: "npx prisma migrate deploy" };
  return {};
}

function workersOf(file: ParsedObject): readonly Process[] {
  return file.object("scripts")["worker"] === undefined
    ? []
    : [{ name: "worker", command: "npm run worker", because: "package.json has a worker script" }];
}

/** Prisma's schema names its database itself. */
function nodeNeeds(folder: Folder, dependencies: ReadonlySet<string>): Needs {
  const provider = /provider\s*=\s*"(postgresql|mysql)"/.exec(folder.text("prisma/schema.prisma") ?? "")?.[1];
  const known = needsOf(dependencies);
  return provider === undefined ? known : { ...known, database: provider === "mysql" ? "mysql" : "postgres" };
}

const locks = { "pnpm-lock.yaml": "pnpm", "yarn.lock": "yarn", "package-lock.json": "npm" } as const;

export function lockOf(folder: Folder): {
  readonly manager: "npm" | "pnpm" | "yarn";
  readonly hasLock: boolean;
} {
  for (const [file, manager] of Object.entries(locks))
    if (folder.files.has(file)) return { manager, hasLock: true };
  return { manager: "npm", hasLock: false };
}

function installAndBuild(folder: Folder): string {
  const { manager, hasLock } = lockOf(folder);
  if (manager !== "npm") return `${manager} install --frozen-lockfile && ${manager} run build`;
  return `${hasLock ? "npm ci" : "npm install"} && npm run build`;
}

function recipeOf(folder: Folder, file: ParsedObject): Recipe {
  const scripts = file.object("scripts");
  const written =
    folder.text(".nvmrc") ?? folder.text(".node-version") ?? String(file.object("engines")["node"] ?? "");
  const start =
    scripts["start"] === undefined ? ["node", file.text("main") ?? "server.js"] : ["npm", "start"];
  const version = /(\d{2})/.exec(written)?.[1] ?? "24";
  return { language: "node", version, ...lockOf(folder), build: scripts["build"] !== undefined, start };
}
