import assert from "node:assert/strict";
import { test } from "node:test";
import { isHashedAsset, siteFile } from "./site-files.ts";

const hashed: readonly (readonly [string, boolean])[] = [
  ["assets/index-BX3k9a_Q.js", true],
  ["assets/index-DiwrgTda.css", true],
  ["assets/index-uiq_v_Rf.js", true],
  ["assets/index-abKcdefg.js", true],
  ["fonts/inter-ItalicBold.woff2", false],
  ["static/js/main.3f2a9c1d.js", true],
  ["_next/static/chunks/4bd1b696-182b6b13bdad92e3.js", true],
  ["main.3f2a9c1d.chunk.js", true],
  ["index.html", false],
  ["favicon.svg", false],
  ["apple-touch-icon.png", false],
  ["fonts/inter-variable.woff2", false],
  ["robots.txt", false],
  ["jquery-3.7.1.min.js", false],
  ["bootstrap.bundle.min.js", false],
];

for (const [path, expected] of hashed) {
  test(`${path} ${expected ? "carries" : "carries no"} digest`, () =>
    assert.equal(isHashedAsset(path), expected));
}

test("HTML is asked for anew, hashed assets live a year, the rest an hour", () => {
  assert.deepEqual(siteFile("about/index.html"), {
    path: "about/index.html",
    contentType: "text/html; charset=utf-8",
    cacheControl: "no-cache",
  });
  assert.equal(siteFile("assets/app-BX3k9a_Q.js").cacheControl, "public, max-age=31536000, immutable");
  assert.equal(siteFile("assets/app-BX3k9a_Q.js").contentType, "text/javascript; charset=utf-8");
  assert.equal(siteFile("favicon.svg").cacheControl, "public, max-age=3600");
  assert.equal(siteFile("logo.png").contentType, "image/png");
});
