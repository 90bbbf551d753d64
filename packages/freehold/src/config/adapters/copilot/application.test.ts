import assert from "node:assert/strict";
import { test } from "node:test";
import { stringify } from "yaml";
import { UserError } from "../../../errors.ts";
import { parseApplication } from "../../parse.ts";
import { toValue } from "../../yaml/tree.ts";
import { applicationOf, type Files, translated } from "./testing/translated.ts";

const house: Files = {
  ".workspace": "application: house",
  "environments/test/manifest.yml": "name: test\ntype: Environment\nnetwork: { vpc: { cidr: 10.9.0.0/16 } }",
  "web/manifest.yml": [
    "type: Load Balanced Web Service",
    "image: { build: web/Dockerfile, port: 8080 }",
    "http: { path: /, healthcheck: /up }",
    "cpu: 512",
    "memory: 1024",
    "count: 2",
    "variables: { TAG: '${TAG}', PRICE: '$5', WHERE: '${COPILOT_ENVIRONMENT_NAME}' }",
    "environments: { prod: { count: 4 } }",
  ].join("\n"),
  "report/manifest.yml":
    "type: Scheduled Job\nimage: { location: 'example/report:1' }\non: { schedule: '@hourly' }",
  "work/manifest.yml":
    "type: Worker Service\nimage: { build: web/Dockerfile }\nsubscribe: { queue: { timeout: 2m } }",
  "pages/manifest.yml": "type: Static Site\nfiles: [{ source: public }]",
};
const shell = { TAG: "v7" };

test("a workspace is an application", () => {
  const { name, collections } = applicationOf(house, shell);
  const found = collections.map((one) => [
    one.name,
    one.network.cidr,
    one.environments.map((environment) => [
      environment.name,
      environment.services.map((service) => `${service.name}: ${service.type}`),
      environment.resources.map((resource) => `${resource.name}: ${resource.type}`),
    ]),
  ]);
  const services = ["pages: site", "report: cron", "web: web", "work: worker"];
  assert.deepEqual(
    [name, found],
    [
      "house",
      [
        ["prod", "10.0.0.0/16", [["prod", services, ["work-queue: queue"]]]],
        ["test", "10.9.0.0/16", [["test", services, ["work-queue: queue"]]]],
      ],
    ],
  );
});

test("a service keeps its variables, size and number", () => {
  const services = applicationOf(house, shell).collections.map(({ environments }) =>
    environments[0]?.services.find(({ name }) => name === "web"),
  );
  const told = services.map((web) =>
    web?.type === "web"
      ? [web.variables.TAG, web.variables.PRICE, web.variables.WHERE, web.size, web.count]
      : [],
  );
  const size = { cpu: 512, memory: 1024 };
  assert.deepEqual(told, [
    ["v7", "$5", "prod", size, 4],
    ["v7", "$5", "test", size, 2],
  ]);
});

test("the native file means the same application", () => {
  const text = stringify(toValue(translated(house).document));
  const file = { path: "freehold.yml", text };
  const native = parseApplication([file], { folder: "house", variables: shell });
  assert.deepEqual(native.collections, applicationOf(house, shell).collections);
});

test("what is wrong is told where it is written", () => {
  const wrong = {
    ...house,
    "web/manifest.yml": "type: Load Balanced Web Service\nimage: { port: 8080 }\ncpu: 99999",
  };
  assert.throws(
    () => applicationOf(wrong, shell),
    (error) => {
      assert.ok(error instanceof UserError);
      const places = error.problems.map(({ place }) => `${place?.file}:${place?.line}`);
      assert.deepEqual([...new Set(places)], ["copilot/web/manifest.yml:1", "copilot/web/manifest.yml:3"]);
      return true;
    },
  );
});

test("a manifest of another type is refused with the types there are", () => {
  assert.throws(
    () => applicationOf({ ...house, "web/manifest.yml": "type: Lambda" }, shell),
    /is no type of a Copilot manifest: Load Balanced Web Service/,
  );
});
