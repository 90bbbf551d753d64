import assert from "node:assert/strict";
import { test } from "node:test";
import { describeApplication } from "../../app/describe.ts";
import { environmentOf, notesOf, parse } from "../testing/parse.ts";

const file = `services:
  shop.web:
    image: x
    ports: ["80"]
    environment: { API: "http://shop.api:8000/v1" }
    depends_on: [shop.db]
    links: ["shop.db:database"]
  shop.api: { image: y, expose: ["8000"], depends_on: { shop.db: { condition: service_started } } }
  shop.db: { image: "postgres:16", environment: { POSTGRES_PASSWORD: p } }`;

test("a service goes by a name without dots, and is reached by the one that is written", () => {
  const { services, resources } = environmentOf(file);
  assert.deepEqual(
    [...services, ...resources].map(({ name, type }) => [name, type]),
    [
      ["shop-api", "private"],
      ["shop-web", "web"],
      ["shop-db", "database"],
    ],
  );
  const [api, web] = services;
  assert.ok(api?.type === "private" && web?.type === "web");
  assert.deepEqual(web.calls, [{ service: "shop-api", port: 8000 }]);
  assert.equal(web.variables["API"], "http://shop-api:8000/v1");
  assert.deepEqual([api.uses, web.uses], [["shop-db"], ["shop-db"]]);
});

test("the value that a variable has on AWS is shown", () => {
  const rows = describeApplication(parse(file)).flatMap((section) => section.rows);
  assert.deepEqual(
    rows.find(([name, variable]) => name === "shop-web" && variable === "API"),
    [
      "shop-web",
      "API",
      "http://shop-api:8000/v1; in tasks run once http://shop-api.dev.shop1.internal:8000/v1",
    ],
  );
});

test("each name that is another on AWS is told", () => {
  const told = notesOf(file).filter((note) => note.includes("no dots"));
  assert.deepEqual(told, [
    "services.shop.web: is called `shop-web` on AWS: ECS takes no dots in names",
    "services.shop.api: is called `shop-api` on AWS: ECS takes no dots in names",
    "services.shop.db: is called `shop-db` on AWS: ECS takes no dots in names",
  ]);
});
