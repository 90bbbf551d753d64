import assert from "node:assert/strict";
import { test } from "node:test";
import type { Application, ContainerService } from "../../app/application.ts";
import { UserError } from "../../errors.ts";
import { namedPaths, parseApplication } from "../parse.ts";
import type { SourceFile } from "../source.ts";

type Files = Readonly<Record<string, string>>;

/** Reads `compose.yaml` and what it names as the command line does. */
function read(files: Files, variables: Readonly<Record<string, string>> = {}): Application {
  const source = (path: string): readonly SourceFile[] =>
    files[path] === undefined ? [] : [{ path, text: files[path] }];
  const main = source("compose.yaml");
  const options = { folder: "app", variables };
  let namedFiles: readonly SourceFile[] = [];
  for (let round = 0; round < 5; round += 1)
    namedFiles = [...namedFiles, ...namedPaths(main, { ...options, namedFiles }).flatMap(source)];
  return parseApplication(main, { ...options, namedFiles });
}

function serviceIn(application: Application, name: string): ContainerService {
  const service = application.collections[0]?.environments[0]?.services.find((one) => one.name === name);
  assert.ok(service !== undefined && service.type !== "site", `no container ${name}`);
  return service;
}

/** Without the variables that every container gets. */
function own({ variables }: ContainerService): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith("FREEHOLD_")));
}

function contextOf({ image }: ContainerService): string | undefined {
  return image.kind === "build" ? image.build.context : undefined;
}

test("extends: a service of the same file, and its own base", () => {
  const application = read({
    "compose.yaml": `
services:
  root: { image: "n:1", environment: { A: root, B: root } }
  base: { extends: root, environment: { B: base } }
  web: { extends: { service: base }, environment: [C=web], command: run }
`,
  });
  const web = serviceIn(application, "web");
  assert.deepEqual(own(web), { A: "root", B: "base", C: "web" });
  assert.deepEqual([web.image, web.command], [{ kind: "image", reference: "n:1" }, ["run"]]);
});

test("extends: another file, whose paths start from its own folder", () => {
  const application = read({
    "compose.yaml": "services: { web: { extends: { file: shared/base.yaml, service: app } } }",
    "shared/base.yaml": `
services:
  app: { build: { context: ./app }, env_file: vars.env, extends: { file: ../other.yaml, service: top } }
`,
    "shared/vars.env": "FROM_FILE=1\n",
    "other.yaml": "services: { top: { environment: { TOP: '1' } } }",
  });
  const web = serviceIn(application, "web");
  assert.equal(contextOf(web), "shared/app");
  assert.deepEqual(own(web), { FROM_FILE: "1", TOP: "1" });
});

test("include: files of a folder with variables of their own, below the project's", () => {
  const application = read(
    {
      "compose.yaml": "include: [worker/compose.yaml]\nservices: { web: { image: 'n:1' } }",
      "worker/compose.yaml": `
name: other
include: [{ path: [deep/a.yaml, deep/b.yaml], project_directory: ., env_file: deep/own.env }]
services: { worker: { build: ., environment: { TAG: "\${TAG}", USER: "$\${LITERAL} \${USER}" } } }
`,
      "worker/.env": "TAG=of-worker\nUSER=of-worker\n",
      "worker/deep/a.yaml": 'services: { deep: { build: ./src, environment: { OWN: "${OWN}" } } }',
      "worker/deep/b.yaml": "services: { deep: { environment: { B: '1' } } }",
      "worker/deep/own.env": "OWN=deep\n",
    },
    { USER: "shell" },
  );
  assert.equal(application.name, "app");
  const worker = serviceIn(application, "worker");
  assert.deepEqual(own(worker), { TAG: "of-worker", USER: "${LITERAL} shell" });
  assert.equal(contextOf(worker), "worker");
  const deep = serviceIn(application, "deep");
  assert.deepEqual(own(deep), { OWN: "deep", B: "1" });
  assert.equal(contextOf(deep), "worker/src");
});

const refused: readonly { readonly what: string; readonly files: Files; readonly says: string }[] = [
  {
    what: "extends that goes round, through another file",
    files: {
      "compose.yaml": "services: { a: { extends: { file: b.yaml, service: b } } }",
      "b.yaml": "services: { b: { extends: { file: c.yaml, service: c } } }",
      "c.yaml": "services: { c: { extends: { file: b.yaml, service: b } } }",
    },
    says: "c.yaml:1:18 services.c.extends goes round: `a` → `b` → `c` → `b`",
  },
  {
    what: "extends of a service that is not there",
    files: { "compose.yaml": "services: { a: { extends: wbe }, web: { image: n } }" },
    says: "compose.yaml:1:18 services.a.extends names `wbe`, which is no service of compose.yaml",
  },
  {
    what: "extends of a file that is not there",
    files: { "compose.yaml": "services: { a: { extends: { file: no.yaml, service: b } } }" },
    says: "compose.yaml:1:18 services.a.extends names `no.yaml`, which is missing",
  },
  {
    what: "an include that is not there",
    files: { "compose.yaml": "include:\n  - no.yaml\n" },
    says: "compose.yaml:1:1 include names `no.yaml`, which is missing",
  },
  {
    what: "an include of itself",
    files: {
      "compose.yaml": "include: [a.yaml]",
      "a.yaml": "include: [b.yaml]",
      "b.yaml": "include: [a.yaml]",
    },
    says: "b.yaml:1:1 include goes round: compose.yaml → a.yaml → b.yaml → a.yaml",
  },
  {
    what: "one service in two files",
    files: {
      "compose.yaml": "include: [a.yaml]\nservices: { web: { image: n } }",
      "a.yaml": "services: { web: { image: m } }",
    },
    says: "compose.yaml:2:13 services.web is in an included file as well; extend it under another name, or take one of them out",
  },
];

for (const { what, files, says } of refused)
  test(`refused: ${what}`, () => {
    assert.throws(
      () => read(files),
      (error) => {
        assert.ok(error instanceof UserError);
        const told = error.problems.map(
          ({ place, subject, message }) =>
            `${place?.file}:${place?.line}:${place?.column} ${subject} ${message}`,
        );
        assert.deepEqual(told, [says]);
        return true;
      },
    );
  });
