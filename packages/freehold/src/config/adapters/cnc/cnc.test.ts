import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { ContainerService, Environment } from "../../../app/application.ts";
import { UserError } from "../../../errors.ts";
import { adaptFixture, applicationOf, fixture, sources } from "../testing/read-fixture.ts";
import { cncAdapter } from "./adapter.ts";

const shop = fixture(cncAdapter, join(import.meta.dirname, "fixtures/shop"), ["cnc.yml", "environments.yml"]);

function environment(collection: string): Environment {
  const found = applicationOf(shop).collections.find(({ name }) => name === collection)?.environments[0];
  assert.ok(found !== undefined);
  return found;
}

function container(name: string, collection = "dev"): ContainerService {
  const found = environment(collection).services.find((service) => service.name === name);
  assert.ok(found !== undefined && found.type !== "site");
  return found;
}

test("collections become collections, with their accounts and regions", () => {
  const { name, collections } = applicationOf(shop);
  assert.equal(name, "shop");
  assert.deepEqual(
    collections.map(({ name, account, region, environments }) => [
      name,
      account,
      region,
      environments.map((one) => `${one.name} ${one.kind}`),
    ]),
    [
      ["dev", "111111111111", "eu-central-1", ["staging staging"]],
      ["production", "222222222222", "us-east-1", ["production production"]],
    ],
  );
});

test("services, workers, scheduled tasks and resources become what they are here", () => {
  const { services, resources } = environment("dev");
  assert.deepEqual(
    [...services, ...resources].map(({ name, type }) => `${name} ${type}`),
    [
      "api web",
      "api-default-queue worker",
      "api-nightly-report cron",
      "web site",
      "db1 database",
      "orders queue",
      "redis cache",
      "uploads bucket",
    ],
  );
});

test("`memory: 2g` is 2 GiB, and a task without a size of its own has that of its service", () => {
  assert.deepEqual(container("api").size, { cpu: 1024, memory: 2048 });
  assert.deepEqual(container("api-nightly-report").size, { cpu: 1024, memory: 2048 });
  assert.deepEqual(container("api-default-queue").size, { cpu: 2048, memory: 4096 });
});

test("commands are joined with blanks, and a shell runs those that need one", () => {
  const api = container("api");
  assert.deepEqual(api.command, ["node", "server.js"]);
  assert.deepEqual(api.release, ["sh", "-c", "node migrate.js && node check.js"]);
  assert.deepEqual(api.seed, ["node", "seed.js"]);
});

test("weekdays count as Unix cron does", () => {
  const report = container("api-nightly-report");
  assert.equal(report.type === "cron" && report.schedule, "cron(30 6 ? * MON-FRI *)");
});

test("an environment's variable wins over a service's own `environment`", () => {
  assert.equal(container("api").variables["LOG_LEVEL"], "info");
  assert.equal(container("api-default-queue", "production").variables["LOG_LEVEL"], "warn");
});

test("a variable of one service reaches its workers and scheduled tasks", () => {
  assert.equal(container("api-nightly-report").variables["GREETING"], "hello");
  assert.equal(container("api", "production").variables["GREETING"], undefined);
});

test("variables that cnc gives have their names here too", () => {
  const { variables, bindings } = container("api");
  assert.equal(variables["CNC_ENVIRONMENT_NAME"], "staging");
  assert.equal(variables["DB_USER"], variables["DB1_USER"]);
  assert.deepEqual(bindings["DB_PASSWORD"], bindings["DB1_PASSWORD"]);
  assert.deepEqual(bindings["DB1_DATABASE_URL"], bindings["DATABASE_URL"]);
});

test("a secret's name is known, its value is set by the user", () => {
  assert.deepEqual(container("api-nightly-report").secrets, ["STRIPE_KEY"]);
});

const backend = (more: string) => `services:\n  api:\n    build: .\n    x-cnc:\n      type: backend\n${more}`;

const wrong: readonly (readonly [what: string, cnc: string, environments: string, says: string])[] = [
  [
    "an unknown key of a service",
    backend("      helth_check: /\n"),
    "",
    "6:7 services.api.x-cnc.helth_check is not a setting",
  ],
  [
    "an unknown type",
    "services:\n  api:\n    x-cnc: { type: backed }\n",
    "",
    "3:14 services.api.x-cnc.type `backed` is not a type",
  ],
  [
    "a Lambda function",
    "services:\n  api:\n    x-cnc: { type: serverless }\n",
    "",
    "3:14 services.api.x-cnc.type `serverless` is a Lambda function, and nothing here makes one",
  ],
  [
    "a site whose files nothing makes",
    "services:\n  web:\n    x-cnc: { type: frontend, assets_path: dist }\n",
    "",
    "3:30 services.web.x-cnc.assets_path `dist` must be a whole path in the built image, such as `/app/dist`",
  ],
  [
    "a variable without a value",
    backend(""),
    "collections: [{ name: dev, environments: [{ name: dev, environment_variables: [{ name: A }] }] }]\n",
    "1:80 collections[0].environments[0].environment_variables[0] says no value",
  ],
  [
    "an account that is none",
    backend(""),
    "collections: [{ name: dev, account_id: my-project }]\n",
    '1:28 x-freehold.collections.dev.account `my-project` must be 12 digits, in quotes: "111111111111"',
  ],
];

for (const [what, cnc, environments, says] of wrong)
  test(`refused where it is written: ${what}`, () => {
    const files = [["cnc.yml", cnc] as const, ["environments.yml", environments] as const];
    const foreign = sources(
      cncAdapter,
      files.filter(([, text]) => text !== ""),
    );
    assert.throws(
      () => applicationOf(foreign),
      (error) => {
        assert.ok(error instanceof UserError);
        const said = error.problems.map(
          ({ place, subject, message }) => `${place?.line}:${place?.column} ${subject} ${message}`,
        );
        assert.deepEqual(said.slice(0, 1), [says]);
        return true;
      },
    );
  });

test("a file for another cloud is read without what names a place there", () => {
  const environments =
    "provider: gcp\nregion: us-east4\ncollections: [{ name: dev, account_id: my-project, environments: [{ name: staging }] }]\n";
  const foreign = sources(cncAdapter, [
    ["cnc.yml", backend("")],
    ["environments.yml", environments],
  ]);
  const [collection] = applicationOf(foreign).collections;
  assert.deepEqual(
    [collection?.name, collection?.account, collection?.region],
    ["dev", undefined, "us-east-1"],
  );
  const lost = adaptFixture(foreign).report.filter(({ outcome }) => outcome === "without counterpart");
  assert.deepEqual(
    lost.map(({ key }) => key),
    ["provider", "region", "collections[0].account_id"],
  );
});

test("what a form left blank is as if it were not written", () => {
  const cnc = `services:
  api:
    build: { context: '', dockerfile: '' }
    command: ''
    x-cnc: { type: backend, url_path: '', system: { health_check: '' } }
    x-coherence: { repo_id: 1, track_branch_name: main }
`;
  const foreign = sources(cncAdapter, [["cnc.yml", cnc]]);
  const [api] = applicationOf(foreign).collections[0]?.environments[0]?.services ?? [];
  assert.ok(api?.type === "web");
  assert.deepEqual([api.path, api.command], ["/", undefined]);
  const empty = adaptFixture(foreign).report.filter(({ message }) => message === "is empty");
  assert.equal(empty.length, 5);
});
