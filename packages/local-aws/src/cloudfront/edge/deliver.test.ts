import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import type { CachedAnswer } from "./cache.ts";
import { createEdgeCache } from "./cache.ts";
import { deliver, rangeOf } from "./deliver.ts";

const cached: CachedAnswer = {
  distributionId: "E1",
  path: "/a.js",
  status: 200,
  headers: [
    ["ETag", '"v1"'],
    ["Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT"],
    ["Content-Length", "10"],
  ],
  bytes: Buffer.from("0123456789"),
  stored: 0,
  expires: 1000,
};

const ranges: readonly (readonly [string | undefined, unknown])[] = [
  [undefined, undefined],
  ["bytes=0-3", { from: 0, to: 3 }],
  ["bytes=7-", { from: 7, to: 9 }],
  ["bytes=-2", { from: 8, to: 9 }],
  ["bytes=5-99", { from: 5, to: 9 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=0-1,3-4", undefined],
  ["lines=1-2", undefined],
];

for (const [header, expected] of ranges) {
  test(`Range ${header} of ten bytes is ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(rangeOf(header, 10), expected);
  });
}

test("a part is 206 with its place, a head has no body, a known version is 304", async () => {
  const part = deliver(cached, "GET", [["Range", "bytes=2-4"]]);
  assert.deepEqual(
    [part.status, new Map(part.headers).get("Content-Range"), await text(part.body)],
    [206, "bytes 2-4/10", "234"],
  );
  const head = deliver(cached, "HEAD", []);
  assert.deepEqual(
    [head.status, new Map(head.headers).get("Content-Length"), await text(head.body)],
    [200, "10", ""],
  );
  assert.equal(deliver(cached, "GET", [["If-None-Match", 'W/"v1"']]).status, 304);
  assert.equal(deliver(cached, "GET", [["If-None-Match", '"v2"']]).status, 200);
  assert.equal(deliver(cached, "GET", [["If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT"]]).status, 304);
  assert.equal(deliver(cached, "GET", [["If-Modified-Since", "Wed, 31 Dec 2025 00:00:00 GMT"]]).status, 200);
});

test("the cache forgets what expired, what is invalidated, and the longest unused when it is full", () => {
  const cache = createEdgeCache(25);
  cache.store("a", cached);
  cache.store("b", { ...cached, path: "/b/c" });
  assert.ok(cache.find("a", new Date(0)));
  cache.store("c", cached);
  assert.deepEqual(
    ["a", "b", "c"].map((key) => cache.find(key, new Date(0)) !== undefined),
    [true, false, true],
  );
  assert.equal(cache.find("a", new Date(1000)), undefined);
  cache.drop("E2", ["/*"]);
  cache.drop("E1", ["/b/*"]);
  assert.ok(cache.find("c", new Date(0)));
  cache.drop("E1", ["/a*"]);
  assert.equal(cache.find("c", new Date(0)), undefined);
});
