import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "../../../errors.ts";
import { applicationOf, fixture, sources } from "../testing/read-fixture.ts";
import { coherenceAdapter } from "./adapter.ts";

const shop = fixture(coherenceAdapter, join(import.meta.dirname, "fixtures/shop"), ["coherence.yml"]);

function environment(foreign = shop) {
  const found = applicationOf(foreign).collections[0]?.environments[0];
  assert.ok(found !== undefined);
  return found;
}

test("services, their tasks and their resources become what they are here", () => {
  const { services, resources } = environment();
  assert.deepEqual(
    [...services, ...resources].map(({ name, type }) => `${name} ${type}`),
    [
      "admin web",
      "api web",
      "api-mail worker",
      "api-report cron",
      "web site",
      "db1 database",
      "uploads bucket",
    ],
  );
});

test("a service reaches what it declares, its own or a sibling's", () => {
  const uses = environment().services.map((one) => (one.type === "site" ? [] : one.uses));
  assert.deepEqual(uses, [["db1"], ["db1", "uploads"], ["db1", "uploads"], ["db1", "uploads"], []]);
});

test("sizes, ports, commands and schedules mean what they say", () => {
  const [, api, , report, web] = environment().services;
  assert.ok(api?.type === "web" && report?.type === "cron" && web?.type === "site");
  assert.deepEqual(
    [api.size, report.size],
    [
      { cpu: 1024, memory: 2048 },
      { cpu: 1024, memory: 2048 },
    ],
  );
  assert.deepEqual([api.port, api.command], [8080, ["sh", "-c", "node server.js --port=$PORT"]]);
  assert.equal(report.schedule, "cron(0 6 ? * MON *)");
  assert.deepEqual(web.source, {
    kind: "host",
    folder: "web",
    command: "npm ci && npm run build",
    output: "dist",
  });
});

test("two databases of one name stay two", () => {
  const service = (name: string) =>
    `${name}:\n  type: backend\n  url_path: /${name}\n  resources: [{ name: db1, type: database, version: 15 }]\n`;
  const two = sources(coherenceAdapter, [["coherence.yml", service("a") + service("b")]]);
  const { services, resources } = environment(two);
  assert.deepEqual(
    resources.map(({ name }) => name),
    ["b-db1", "db1"],
  );
  assert.deepEqual(
    services.map((one) => (one.type === "site" ? [] : one.uses)),
    [["db1"], ["b-db1"]],
  );
});

test("an unknown key and an unknown type are refused where they are written", () => {
  const text = "a:\n  type: backend\n  helth: /\nb:\n  type: vote\n";
  assert.throws(
    () => applicationOf(sources(coherenceAdapter, [["coherence.yml", text]])),
    (error) => {
      assert.ok(error instanceof UserError);
      assert.deepEqual(
        error.problems.map(
          ({ place, subject, message }) => `${place?.line}:${place?.column} ${subject} ${message}`,
        ),
        ["3:3 a.helth is not a setting", "4:1 b `vote` is not a type of service"],
      );
      return true;
    },
  );
});
