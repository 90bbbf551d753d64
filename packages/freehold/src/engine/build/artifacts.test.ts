import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment, Worker } from "../../app/application.ts";
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

const inputs = new Map([[buildKey(build, "linux/amd64"), "1234"]]);

test("two services with one build are built once, and both repositories hold it", () => {
  const services = [worker, { ...worker, name: "mailer", command: ["node", "mail.js"] }];
  const found = artifactsOf(environment({ services }), inputs, "ca");
  assert.deepEqual(
    found.map((one) => one.owners),
    [["api", "mailer"]],
  );
  assert.equal(buildsOf(environment({ services })).length, 1);
});

test("a service that speaks to a database carries the authorities, and is another image than one that does not", () => {
  const services = [worker, { ...worker, name: "mailer", uses: ["db"] }];
  const found = artifactsOf(environment({ services, resources: [shopDatabase] }), inputs, "ca");
  assert.deepEqual(
    found.map((one) => [one.owners[0], one.source.kind, one.withAuthorities]),
    [
      ["api", "build", false],
      ["mailer", "build", true],
      ["db", "mirror", false],
    ],
  );
  assert.equal(new Set(found.map((one) => one.tag)).size, 3);
});

test("new authorities make a new image only where they are carried", () => {
  const services = [worker, { ...worker, name: "mailer", uses: ["db"] }];
  const tags = (authorities: string) =>
    artifactsOf(environment({ services, resources: [shopDatabase] }), inputs, authorities).map(
      (one) => one.tag,
    );
  const [before, after] = [tags("ca"), tags("other")];
  assert.deepEqual(
    before.map((tag, index) => tag === after[index]),
    [true, false, true],
  );
});
