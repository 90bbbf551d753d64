import type { Recipe } from "../part.ts";

type NodeRecipe = Extract<Recipe, { language: "node" }>;

const tools = {
  npm: { lock: "package-lock.json", exact: "npm ci", loose: "npm install", prune: "npm prune --omit=dev" },
  yarn: {
    lock: "yarn.lock",
    exact: "yarn install --frozen-lockfile",
    loose: "yarn install",
    prune: "yarn install --production --ignore-scripts --prefer-offline",
  },
  pnpm: {
    lock: "pnpm-lock.yaml",
    exact: "pnpm install --frozen-lockfile",
    loose: "pnpm install",
    prune: "pnpm prune --prod",
  },
} as const;

/** Installs, builds, and leaves the tools of the build behind. The context of a workspace is its root. */
export function nodeDockerfile(recipe: NodeRecipe): readonly string[] {
  const { version, manager, hasLock, workspace, build } = recipe;
  const tool = tools[manager];
  return [
    `FROM node:${version}-slim AS build`,
    "WORKDIR /app",
    ...(manager === "pnpm" ? ["RUN corepack enable"] : []),
    ...(workspace === undefined
      ? [
          `COPY package.json${hasLock ? ` ${tool.lock}` : ""} ./`,
          `RUN ${hasLock ? tool.exact : tool.loose}`,
          "COPY . .",
        ]
      : [
          "# The packages of a workspace are installed together.",
          "COPY . .",
          `RUN ${hasLock ? tool.exact : tool.loose}`,
        ]),
    ...(build ? [`RUN ${inWorkspace(recipe, ["run", "build"]).join(" ")}`] : []),
    `RUN ${tool.prune}`,
    "",
    `FROM node:${version}-slim`,
    "ENV NODE_ENV=production",
    "WORKDIR /app",
    "COPY --from=build --chown=node:node /app ./",
    "USER node",
    `CMD ${JSON.stringify(startOf(recipe))}`,
  ];
}

function startOf(recipe: NodeRecipe): readonly string[] {
  const [program, ...rest] = recipe.start;
  return program === "npm" ? inWorkspace(recipe, rest) : recipe.start;
}

/** The words of a script, run in the package's own folder. */
function inWorkspace({ manager, workspace }: NodeRecipe, words: readonly string[]): readonly string[] {
  if (workspace === undefined) return [manager, ...words];
  switch (manager) {
    case "npm":
      return ["npm", ...words, "--workspace", workspace];
    case "pnpm":
      return ["pnpm", "--dir", workspace, ...words];
    case "yarn":
      return ["yarn", "--cwd", workspace, ...words];
  }
}
