import assert from "node:assert/strict";
import { test } from "node:test";
import { serviceOf } from "./testing/parse.ts";

const db = "image: 'postgres:17', environment: { POSTGRES_USER: u, POSTGRES_PASSWORD: p }";

function resourceOf(value: string, database: string, own = ""): string | undefined {
  const file = `services: { a: { image: x, environment: { DB_HOST: '${value}' }${own} }, db: { ${db}${database} } }`;
  return serviceOf(file).bindings["DB_HOST"]?.resource;
}

test("a service is named by its other names at home as well", () => {
  assert.equal(resourceOf("my-pg", ", container_name: my-pg"), "db");
  assert.equal(resourceOf("pg.local", ", hostname: pg.local"), "db");
  assert.equal(resourceOf("postgres://u:p@pg:5432/u", ", networks: { default: { aliases: [pg] } }"), "db");
  assert.equal(resourceOf("database:5432", "", ", links: ['db:database']"), "db");
  assert.equal(resourceOf("host=pg user=u password=p", ", hostname: pg"), "db");
});

test("a service that is called by another name is called by its own on AWS, where no other leads to it", () => {
  const api = "api: { image: y, container_name: shop_api, expose: [8000] }";
  const own = serviceOf(
    `services: { a: { image: x, environment: { API: 'http://shop_api:8000/v1' } }, ${api} }`,
  );
  assert.deepEqual(own.variables["API"], "http://api:8000/v1");
  assert.deepEqual(own.calls, [{ service: "api", port: 8000 }]);
});

test("a value that only looks like another name stays as it is", () => {
  const { variables } = serviceOf(
    `services: { a: { image: x, environment: { MODE: live, URL: 'https://live.example/live' } }, db: { ${db}, container_name: live } }`,
  );
  assert.deepEqual([variables["MODE"], variables["URL"]], ["live", "https://live.example/live"]);
});

test("a service's own name goes before another's", () => {
  assert.equal(resourceOf("a", ", hostname: a"), undefined);
});
