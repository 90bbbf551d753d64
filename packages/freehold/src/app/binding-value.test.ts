import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Binding } from "./binding.ts";
import { composeBindingValue } from "./binding-value.ts";

const database: Binding = {
  kind: "url",
  resource: "db",
  scheme: "postgres",
  role: "shop",
  path: "/shop",
  query: "sslmode=verify-full",
};

test("a database's URL", () => {
  const facts = { host: "db.internal", port: 5432, password: "p@ss/w:rd" };
  const expected = "postgres://shop:p%40ss%2Fw%3Ard@db.internal:5432/shop?sslmode=verify-full";
  assert.equal(composeBindingValue(database, facts), expected);
});

test("a cache's URL has a token and no user", () => {
  const binding: Binding = { kind: "url", resource: "cache", scheme: "rediss", path: "/0", query: "" };
  assert.equal(
    composeBindingValue(binding, { host: "c", port: 6379, password: "token" }),
    "rediss://:token@c:6379/0",
  );
});

test("nothing is composed of half the facts", () => {
  assert.equal(composeBindingValue(database, { host: "db", port: 5432 }), undefined);
  assert.equal(composeBindingValue(database, { host: "db", password: "x" }), undefined);
});

test("attributes", () => {
  const facts = { host: "h", port: 1, username: "u", password: "p", name: "n", url: "l", arn: "a" };
  const values = (["host", "port", "address", "user", "password", "name", "url", "arn"] as const).map(
    (attribute) => composeBindingValue({ kind: "attribute", resource: "x", attribute }, facts),
  );
  assert.deepEqual(values, ["h", "1", "h:1", "u", "p", "n", "l", "a"]);
});

test("any password comes back out of the URL", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (password) => {
      const value = composeBindingValue(database, { host: "h", port: 5432, password });
      assert.equal(decodeURIComponent(new URL(value ?? "").password), password);
    }),
  );
});
