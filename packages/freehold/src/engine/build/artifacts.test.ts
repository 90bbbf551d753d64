import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment, Worker } from "../../app/application.ts";
import type { ConfigFile } from "../../app/config-file.ts";
import { shopDatabase } from "../testing/shop.ts";
import { artifactsOf, buildKey, buildsOf } from "./artifacts.ts";

const build = { context: "api", dockerfile: "Dockerfile", args: {} };

const worker: Worker = {
  type: "worker",
  name: "api",
  image: { kind: "build", build },
  platform: "linux/amd64",
  size: { cpu: 256, memory: 512 },
  variables: {},
  bindings: {},
  secrets: [],
  uses: [],
  calls: [],
  taskVariables: {},
  mounts: [],
  dependsOn: [],
  stopGrace: 30,
  count: 1,
  reason: "",
};

function environment(changes: Partial<Environment>): Environment {
  return { name: "dev", kind: "staging", services: [], resources: [], ...changes };
}

const contents = { authorities: "ca", files: new Map([["routes.yaml", Buffer.from("one")]]) };

const inputs = new Map([[buildKey(build, "linux/amd64"), "1234"]]);

test("two services with one build are built once, and both repositories hold it", () => {
  const services = [worker, { ...worker, name: "mailer", command: ["node", "mail.js"] }];
  const found = artifactsOf(environment({ services }), inputs, contents);
  assert.deepEqual(
    found.map((one) => one.owners),
    [["api", "mailer"]],
  );
  assert.equal(buildsOf(environment({ services })).length, 1);
});

test("a service that speaks to a database carries the authorities, and is another image than one that does not", () => {
  const services = [worker, { ...worker, name: "mailer", uses: ["db"] }];
  const found = artifactsOf(environment({ services, resources: [shopDatabase] }), inputs, contents);
  assert.deepEqual(
    found.map((one) => [one.owners[0], one.source.kind, one.overlay?.files.map(({ path }) => path)]),
    [
      ["api", "build", undefined],
      ["mailer", "build", ["/etc/freehold/ca.pem"]],
      ["db", "mirror", undefined],
    ],
  );
  assert.equal(new Set(found.map((one) => one.tag)).size, 3);
});

test("new authorities make a new image only where they are carried", () => {
  const services = [worker, { ...worker, name: "mailer", uses: ["db"] }];
  const tags = (authorities: string) =>
    artifactsOf(environment({ services, resources: [shopDatabase] }), inputs, {
      ...contents,
      authorities,
    }).map((one) => one.tag);
  const [before, after] = [tags("ca"), tags("other")];
  assert.deepEqual(
    before.map((tag, index) => tag === after[index]),
    [true, false, true],
  );
});

const routes: ConfigFile = {
  path: "/etc/routes.yaml",
  content: { kind: "file", path: "routes.yaml" },
  mode: 0o444,
  owner: { user: 0, group: 0 },
};

/** Tag of the image of a worker like that with these settings, where the project's file says this. */
function tagOf(changes: Partial<Worker>, says = "one"): string | undefined {
  const services = [{ ...worker, ...changes }];
  const files = new Map([["routes.yaml", Buffer.from(says)]]);
  return artifactsOf(environment({ services }), inputs, { ...contents, files })[0]?.tag;
}

test("what lies over an image makes it another: content, place, mode, owner, signal", () => {
  const configs = [routes];
  const variants = [
    tagOf({}),
    tagOf({ configs }),
    tagOf({ configs }, "two"),
    tagOf({ configs: [{ ...routes, path: "/etc/other.yaml" }] }),
    tagOf({ configs: [{ ...routes, mode: 0o400 }] }),
    tagOf({ configs: [{ ...routes, owner: { user: 1000, group: 0 } }] }),
    tagOf({ configs, stopSignal: "SIGQUIT" }),
    tagOf({ stopSignal: "SIGQUIT" }),
  ];
  assert.equal(new Set(variants).size, variants.length);
  assert.equal(
    tagOf({ configs }),
    tagOf({ configs: [{ ...routes, content: { kind: "text", text: "one" } }] }),
  );
});

test("what writes secret files is mirrored into the repositories of those who have some, and is not what they run", () => {
  const secretFiles = [
    { name: "x", path: "/run/secrets/x", source: { kind: "own" }, mode: "0444", user: 0, group: 0 } as const,
  ];
  const holder = { ...worker, secretFiles };
  const other = { ...holder, name: "other" };
  const arm = { ...holder, name: "arm", platform: "linux/arm64" as const };
  const found = artifactsOf(environment({ services: [holder, other, arm] }), inputs, contents);
  assert.deepEqual(
    found.map(({ purpose, owners, source, platform }) => [purpose, source.kind, platform, ...owners]),
    [
      ["run", "build", "linux/amd64", "api", "other"],
      ["run", "build", "linux/arm64", "arm"],
      ["write-secrets", "mirror", "linux/amd64", "api", "other"],
      ["write-secrets", "mirror", "linux/arm64", "arm"],
    ],
  );
});
