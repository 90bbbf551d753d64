import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { depth, rulePriorities } from "./priorities.ts";
import { api } from "./testing/shop.ts";

const path = fc
  .array(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 6 })
  .map((parts) => `/${parts.join("/")}`);
const services = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), path), {
    maxLength: 15,
    selector: ([name]) => name,
  })
  .filter((all) => all.filter(([, one]) => one === "/").length < 2)
  .map((all) => all.map(([name, one]) => ({ ...api, name, path: one })));

test("within its block, no two rules share a priority, and a path that lies within another comes first", () => {
  fc.assert(
    fc.property(services, fc.integer({ min: 1, max: 499 }), (all, block) => {
      const priorities = rulePriorities(block, all);
      assert.equal(new Set(priorities.values()).size, all.length);
      for (const one of all) {
        const own = priorities.get(one.name) ?? 0;
        assert.ok(own >= block * 100 && own < block * 100 + 100);
        for (const other of all.filter(({ path }) => depth(path) > depth(one.path))) {
          assert.ok((priorities.get(other.name) ?? 0) < own, `${other.path} after ${one.path}`);
        }
      }
    }),
    { seed: 11 },
  );
});

test("another service moves no rule", () => {
  const before = rulePriorities(3, [api, { ...api, name: "docs", path: "/docs" }]);
  const after = rulePriorities(3, [
    { ...api, name: "admin", path: "/api/admin" },
    api,
    { ...api, name: "docs", path: "/docs" },
    { ...api, name: "root", path: "/" },
  ]);
  assert.equal(after.get("api"), before.get("api"));
  assert.equal(after.get("docs"), before.get("docs"));
});
