import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerService } from "../app/application.ts";
import { parseApplication } from "./parse.ts";
import { problemsOf } from "./testing/bad-files.ts";
import { serviceOf } from "./testing/parse.ts";

/** The service `a` of two files, the second laid over the first. */
function laid(base: string, over: string): ContainerService {
  const files = [base, over].map((text, index) => ({ path: `${index}`, text: `services: { a: ${text} }` }));
  const { collections } = parseApplication(files, { folder: "shop", variables: {} });
  const service = collections[0]?.environments[0]?.services[0];
  assert.ok(service !== undefined && service.type !== "site");
  return service;
}

test("`!reset` takes away what the file below says", () => {
  const base = "{ image: x, ports: ['80:80'], environment: { A: '1', B: '2' }, command: run }";
  const service = laid(base, "{ ports: !reset [], environment: { A: !reset null }, command: !reset null }");
  assert.deepEqual([service.type, service.command, service.variables["A"]], ["worker", undefined, undefined]);
  assert.equal(service.variables["B"], "2");
});

test("`!override` stands in the place of the whole", () => {
  const service = laid(
    "{ image: x, ports: ['80:80', '81:81'], environment: { A: '1' } }",
    "{ ports: !override ['82:82'], environment: !override { B: '2' } }",
  );
  assert.equal(service.type === "web" && service.port, 82);
  assert.deepEqual([service.variables["A"], service.variables["B"]], [undefined, "2"]);
});

test("what a later file mounts or carries at the same place stands there instead", () => {
  const service = laid(
    "{ image: x, volumes: [./a.conf:/etc/a.conf:ro, ./b.conf:/etc/b.conf], tmpfs: /run }",
    "{ volumes: [{ type: bind, source: ./c.conf, target: /etc/a.conf }, './d.conf:/etc/d.conf'], tmpfs: [/tmp] }",
  );
  assert.deepEqual(
    service.configs?.map(({ path, content }) => [path, content.kind === "file" && content.path]),
    [
      ["/etc/a.conf", "c.conf"],
      ["/etc/b.conf", "b.conf"],
      ["/etc/d.conf", "d.conf"],
    ],
  );
});

test("names in a list and in a section are the same dependence", () => {
  const file = (over: string) => [
    { path: "0", text: "services: { a: { image: x, depends_on: [b] }, b: { image: x }, c: { image: x } }" },
    { path: "1", text: `services: { a: { depends_on: ${over} } }` },
  ];
  const { collections } = parseApplication(file("{ c: { condition: service_started } }"), {
    folder: "shop",
    variables: {},
  });
  const service = collections[0]?.environments[0]?.services[0];
  assert.deepEqual(service?.type === "worker" && service.dependsOn, ["b", "c"]);
});

test("a number that says more as it is written stays as it is written", () => {
  const { variables } = serviceOf(
    "services: { a: { image: x, environment: { A: 0644, B: 1.10, C: 12345678901234567890, D: 42, E: .inf } } }",
  );
  const { A, B, C, D, E } = variables;
  assert.deepEqual([A, B, C, D, E], ["0644", "1.10", "12345678901234567890", "42", ".inf"]);
});

test("`x-` may stand in every section of Compose's, and is read nowhere", () => {
  const file = `services: { a: { image: x, deploy: { resources: { limits: { x-a: 1 } } }, ports: [{ target: 80, x-b: 2 }],
    healthcheck: { test: "true", x-c: 3 }, environment: { x-d: "4" } } }`;
  assert.equal(serviceOf(file).variables["x-d"], "4");
});

test("the first form of Compose is told as such", () => {
  assert.deepEqual(problemsOf("web: { build: . }\nredis: { image: redis }"), [
    "1:1 `web`, `redis` are no settings of a file: services stand below `services:` since the second form of Compose // write `services:` on the first line, and indent the rest below it",
  ]);
});
