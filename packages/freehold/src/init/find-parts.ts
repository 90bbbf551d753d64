import { join } from "./dockerfiles/dockerfile.ts";
import { herokuDockerfile, withHeroku } from "./heroku/heroku.ts";
import { type DockerfileFacts, dockerfileOf } from "./marks/dockerfile.ts";
import { elixirMark } from "./marks/elixir.ts";
import { goMark } from "./marks/go.ts";
import { lockOf, nodeMark } from "./marks/node.ts";
import { parsedObject } from "./marks/parsed-object.ts";
import { phpMark } from "./marks/php.ts";
import { pythonMark } from "./marks/python.ts";
import { rubyMark } from "./marks/ruby.ts";
import { rustMark } from "./marks/rust.ts";
import { springMark } from "./marks/spring.ts";
import type { Mark, Part } from "./part.ts";
import { type Folder, folderAt, foldersOf, type Repository } from "./repository.ts";

/** In this order, for a Rails or Django project may well have a package.json for its assets. */
const marks: readonly Mark[] = [
  rubyMark,
  phpMark,
  pythonMark,
  springMark,
  elixirMark,
  rustMark,
  goMark,
  nodeMark,
];

/** Folders of programs that show or test the project and are none of its parts. */
const aside =
  /(?:^|\/)(?:examples?|samples?|tests?|e2e|spec|docs?|fixtures|scripts|tools|\.github|\.devcontainer|\.storybook)(?:\/|$)/;

/** The programs of a repository, shallow ones first; each folder is at most one. */
export function findParts(repository: Repository): readonly Part[] {
  const root = folderAt(repository, ".");
  const isWorkspace = workspaceRoot(root);
  const found = foldersOf(repository)
    .filter(({ path }) => !aside.test(path))
    .flatMap((folder) => {
      const part = partIn(folder);
      if (part === undefined || (isWorkspace && folder.path === "." && part.recipe?.language === "node"))
        return [];
      return [isWorkspace ? inWorkspace(part, root) : part];
    });
  const programs = found.filter((part) => !isVariant(part, found));
  const images = programs.map(imageOf);
  return programs.filter(
    (part, index) => part.dockerfile === undefined || images.indexOf(imageOf(part)) === index,
  );
}

/** Further images of the same program, kept where deployment is. */
function isVariant({ kind, folder }: Part, found: readonly Part[]): boolean {
  return (
    kind === "Dockerfile" &&
    /(?:^|\/)(?:docker|deploy|deployment|infra|ci)(?:\/|$)/.test(folder) &&
    found.some((part) => part.folder === "." && part.kind !== "Dockerfile")
  );
}

/** A Dockerfile in a folder of its own (`docker/Dockerfile`) is that of the program above it. */
function imageOf({ folder, dockerfile }: Part): string | undefined {
  return dockerfile === undefined ? undefined : join(folder, dockerfile);
}

function partIn(folder: Folder): Part | undefined {
  const dockerfile = dockerfileOf(folder, herokuDockerfile(folder));
  const found = marks.map((mark) => mark(folder)).find((part) => part !== undefined);
  const known = found === undefined ? bareDockerfile(folder, dockerfile) : withDockerfile(found, dockerfile);
  return known === undefined ? undefined : withHeroku(withHealth(known, folder), folder);
}

/** A path that its own sources answer, by the names such paths have. */
function withHealth(part: Part, folder: Folder): Part {
  if (part.health !== undefined || part.serving.kind !== "http") return part;
  const sources = [...folder.files].filter((file) => /\.(?:go|py|js|ts|mjs|rb)$/.test(file)).sort();
  const health = sources
    .map(
      (file) =>
        /["'`](\/(?:api\/)?(?:healthz?|health-?check|livez|ping|_health|up))\/?["'`]/.exec(
          folder.text(file) ?? "",
        )?.[1],
    )
    .find((path) => path !== undefined);
  return health === undefined ? part : { ...part, health };
}

/** A program of no known kind that brings its own image. */
function bareDockerfile(folder: Folder, facts: DockerfileFacts | undefined): Part | undefined {
  if (facts === undefined) return undefined;
  const { file, port } = facts;
  const serving: Part["serving"] = port === undefined ? { kind: "nothing" } : { kind: "http", port };
  const because = port === undefined ? `${file}, which exposes no port` : `${file}, which exposes ${port}`;
  return {
    folder: folder.path,
    kind: "Dockerfile",
    because,
    serving,
    processes: [],
    needs: {},
    dockerfile: file,
  };
}

/** The Dockerfile knows better than the framework where the program listens. */
function withDockerfile(part: Part, facts: DockerfileFacts | undefined): Part {
  if (facts === undefined) return part;
  const { recipe: _, ...rest } = part;
  const { serving } = part;
  const isOwnServer = serving.kind === "http" || facts.port !== undefined;
  const port = facts.port ?? (serving.kind === "http" ? serving.port : undefined);
  return {
    ...rest,
    dockerfile: facts.file,
    because: `${part.because}, and ${facts.file}`,
    serving: isOwnServer && port !== undefined && serving.kind !== "files" ? { kind: "http", port } : serving,
  };
}

function workspaceRoot(root: Folder): boolean {
  const file = parsedObject(root.text("package.json") ?? "");
  return file.has("workspaces") || root.files.has("pnpm-workspace.yaml");
}

/** Packages of a workspace are installed together: the root is the context, and its lock file counts. */
function inWorkspace(part: Part, root: Folder): Part {
  const { recipe, folder } = part;
  if (part.serving.kind === "files") {
    const { manager } = lockOf(root);
    const { output } = part.serving;
    return {
      ...part,
      serving: {
        ...part.serving,
        folder: ".",
        build: workspaceBuild(manager, folder),
        output: join(folder, output),
      },
    };
  }
  return recipe?.language === "node"
    ? { ...part, recipe: { ...recipe, ...lockOf(root), workspace: folder } }
    : part;
}

function workspaceBuild(manager: "npm" | "pnpm" | "yarn", folder: string): string {
  switch (manager) {
    case "npm":
      return `npm ci && npm run build --workspace ${folder}`;
    case "pnpm":
      return `pnpm install --frozen-lockfile && pnpm --dir ${folder} run build`;
    case "yarn":
      return `yarn install --frozen-lockfile && yarn --cwd ${folder} run build`;
  }
}
