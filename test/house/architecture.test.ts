import assert from "node:assert/strict";
import { test } from "node:test";
import { type SourceFile, sourceFiles } from "./source-files.ts";

/** Room → rooms it may import (ARCHITECTURE.md draws the same). A file directly in `src` is a room of its own. */
const freeholdRooms: Readonly<Record<string, readonly string[]>> = {
  "errors.ts": [],
  app: ["errors.ts"],
  config: ["errors.ts", "app"],
  init: ["errors.ts", "config"],
  terraform: ["errors.ts"],
  aws: ["errors.ts", "app", "terraform"],
  engine: ["errors.ts", "config", "app", "init", "terraform", "aws"],
  ports: ["errors.ts", "app", "engine", "init"],
  cli: ["errors.ts", "engine", "ports", "config", "app", "init"],
};

/** Folder of the engine → folders it may import. The verbs beside the folders use them all, and no folder a verb. */
const engineFolders: Readonly<Record<string, readonly string[]>> = {
  testing: [],
  lease: [],
  task: [],
  secrets: [],
  build: [],
  deploy: ["task"],
  release: ["build", "deploy", "secrets", "task"],
  provision: ["lease"],
  sweep: [],
  destroy: ["lease", "provision", "sweep"],
};

const pureRooms = ["errors.ts", "app", "config", "init", "terraform", "aws"];

/** Every own service may stand on these; what it may know of its neighbours is listed one by one. */
const floor = ["service.ts", "platform.ts", "docker", "docker-engine", "front-door"];
const localAwsRooms: Readonly<Record<string, readonly string[]>> = {
  "service.ts": [],
  "docker-engine": [],
  "platform.ts": ["docker-engine"],
  certificates: ["platform.ts"],
  codec: ["service.ts"],
  docker: ["service.ts", "platform.ts", "docker-engine"],
  store: ["platform.ts"],
  children: [],
  moto: ["platform.ts", "service.ts", "children", "store"],
  "front-door": ["service.ts", "platform.ts", "codec", "moto"],
  "database-services": ["service.ts", "platform.ts"],
  ecr: floor,
  ecs: floor,
  efs: floor,
  elasticache: [...floor, "database-services"],
  elb: floor,
  cloudfront: [...floor, "elb"],
  rds: [...floor, "database-services"],
  iam: [],
  scheduler: floor,
  "task-door": ["service.ts", "platform.ts", "codec", "front-door", "iam"],
  tagging: ["service.ts", "moto"],
};

const freehold = sourceFiles("packages/freehold/src");
const localAws = sourceFiles("packages/local-aws/src");

test("freehold: every room imports only the rooms it may", () => {
  assert.deepEqual(forbiddenArrows(freehold, "packages/freehold/src", freeholdRooms), []);
});

test("local-aws: every room imports only the rooms it may", () => {
  const wiring = ["start.ts", "open-house.ts", "services.ts", "cli"];
  const rooms = Object.fromEntries(wiring.map((room) => [room, [...Object.keys(localAwsRooms), ...wiring]]));
  assert.deepEqual(forbiddenArrows(localAws, "packages/local-aws/src", { ...localAwsRooms, ...rooms }), []);
});

test("freehold: the folders of the engine stand on one another one way", () => {
  const root = "packages/freehold/src/engine";
  const folders = freehold.filter(
    (file) => file.path.startsWith(`${root}/`) && folderOf(file.path, root) !== "",
  );
  assert.ok(folders.length > 0);
  const faults = folders.flatMap((file) =>
    file.imports.flatMap(({ target }) => {
      const from = folderOf(file.path, root);
      const to = target?.startsWith(`${root}/`) === true ? folderOf(target, root) : "";
      const isAllowed = to === "" || to === from || engineFolders[from]?.includes(to) === true;
      return isAllowed ? [] : [`${file.path} imports ${target}: ${from} may not know ${to}`];
    }),
  );
  assert.deepEqual(faults, []);
});

test("the pure rooms of freehold know no builtin, no SDK and no promise", () => {
  const pure = freehold.filter((file) => pureRooms.includes(roomOf(file.path, "packages/freehold/src")));
  assert.ok(pure.length > 0);
  const faults = pure.flatMap((file) => [
    ...file.imports
      .filter(({ specifier }) => /^node:|^@aws-sdk\/|^@smithy\/|^execa$/.test(specifier))
      .map(({ specifier }) => `${file.path} imports ${specifier}`),
    ...(/\basync\b|\bawait\b|\bPromise\b/.test(withoutProse(file.text))
      ? [`${file.path} is not synchronous`]
      : []),
    ...(/\bDate\.now\(|new Date\(\)|Math\.random\(/.test(withoutProse(file.text))
      ? [`${file.path} asks the clock or chance`]
      : []),
  ]);
  assert.deepEqual(faults, []);
});

test("no file imports itself by way of others", () => {
  assert.deepEqual(importCycles([...freehold, ...localAws]), []);
});

test("local-aws knows nothing of freehold", () => {
  const faults = localAws.filter((file) => /freehold/i.test(file.text.replaceAll("@freehold/local-aws", "")));
  assert.deepEqual(
    faults.map((file) => file.path),
    [],
  );
});

test("AWS words stay inside aws/ and engine/", () => {
  const words = /\b(listener|task definition|target group|taskDefinition|targetGroup)s?\b/i;
  const rooms = ["config", "app", "cli"];
  const faults = freehold
    .filter((file) => rooms.includes(roomOf(file.path, "packages/freehold/src")))
    .filter((file) => words.test(file.text));
  assert.deepEqual(
    faults.map((file) => file.path),
    [],
  );
});

function roomOf(path: string, root: string): string {
  return path.slice(root.length + 1).split("/")[0] ?? "";
}

/** The folder below `root` that holds a file; empty for a file directly in `root`. */
function folderOf(path: string, root: string): string {
  const parts = path.slice(root.length + 1).split("/");
  return parts.length > 1 ? (parts[0] ?? "") : "";
}

function forbiddenArrows(
  files: readonly SourceFile[],
  root: string,
  rooms: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  assert.ok(files.length > 0, `no source below ${root}`);
  return files.flatMap((file) => {
    const from = roomOf(file.path, root);
    const allowed = rooms[from];
    if (allowed === undefined) return [`${file.path}: the architecture knows no room ${from}`];
    return file.imports.flatMap(({ target }) => {
      if (target === undefined) return [];
      const to = target.startsWith(`${root}/`) ? roomOf(target, root) : target;
      return to === from || allowed.includes(to)
        ? []
        : [`${file.path} imports ${target}: ${from} may not know ${to}`];
    });
  });
}

function importCycles(files: readonly SourceFile[]): readonly string[] {
  const graph = new Map(files.map((file) => [file.path, file.imports.flatMap(({ target }) => target ?? [])]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (finished.has(path)) return;
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push([...trail.slice(start), path].join(" → "));
      return;
    }
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    finished.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}

/** The text without comments and string literals. */
function withoutProse(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/gm, "");
}
