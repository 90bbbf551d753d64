import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import type { Site } from "../app/application.ts";
import { kindOf } from "../terraform/expression.ts";
import { siteFunctionCode } from "./site-function.ts";

interface Answer {
  readonly uri?: string;
  readonly statusCode?: number;
}

const base: Site = {
  type: "site",
  name: "web",
  path: "/",
  mode: "spa",
  source: { kind: "host", folder: ".", command: "true", output: "dist" },
  reason: "as written",
};

/** Runs the function as CloudFront does, with a KeyValueStore that holds these keys. */
async function answer(
  site: Site,
  uri: string,
  keys: Readonly<Record<string, string>> = { web: "releases/1" },
): Promise<Answer> {
  const store = {
    get: async (key: string) => keys[key] ?? Promise.reject(new TypeError("KeyNotFound")),
  };
  const code = textOf(site).replace('import cf from "cloudfront";', "");
  const handler = runInNewContext(`${code}\nhandler`, { cf: { kvs: () => store } });
  return handler({ request: { uri } });
}

/** What Terraform makes of the template. */
function textOf(site: Site): string {
  return siteFunctionCode(site)
    .parts.map((part) => {
      if (typeof part === "string") return part;
      const isCall = typeof part === "object" && part !== null && kindOf in part && part[kindOf] === "call";
      return isCall ? JSON.stringify(part.args[0]) : assert.fail("only jsonencode is expected here");
    })
    .join("");
}

async function uriOf(site: Partial<Site>, uri: string): Promise<string | undefined> {
  return (await answer({ ...base, ...site }, uri)).uri;
}

test("a route of a single-page application is its index, a file is itself", async () => {
  assert.equal(await uriOf({}, "/"), "/releases/1/index.html");
  assert.equal(await uriOf({}, "/orders/42"), "/releases/1/index.html");
  assert.equal(await uriOf({}, "/orders.v2/42"), "/releases/1/index.html");
  assert.equal(await uriOf({}, "/assets/app-1a2b.js"), "/releases/1/assets/app-1a2b.js");
});

test("a route of a static site is the index of its folder", async () => {
  assert.equal(await uriOf({ mode: "static" }, "/"), "/releases/1/index.html");
  assert.equal(await uriOf({ mode: "static" }, "/about"), "/releases/1/about/index.html");
  assert.equal(await uriOf({ mode: "static" }, "/about/"), "/releases/1/about/index.html");
  assert.equal(await uriOf({ mode: "static" }, "/feed.xml"), "/releases/1/feed.xml");
});

test("a site below a path leaves the path out of its files", async () => {
  assert.equal(await uriOf({ path: "/admin" }, "/admin"), "/releases/1/index.html");
  assert.equal(await uriOf({ path: "/admin" }, "/admin/users"), "/releases/1/index.html");
  assert.equal(await uriOf({ path: "/admin" }, "/admin/app.js"), "/releases/1/app.js");
});

test("a site without a release says so and is not cached", async () => {
  assert.equal((await answer(base, "/", {})).statusCode, 503);
});

test("the function stays below CloudFront's 10 KB", () => {
  assert.ok(textOf({ ...base, path: `/${"x".repeat(200)}` }).length < 4_000);
});
