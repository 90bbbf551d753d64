import assert from "node:assert/strict";
import { test } from "node:test";
import { translated } from "../testing/translated.ts";

/** What `http.alias` says, the service's host name here, and what is told. */
const aliases: readonly (readonly [alias: string, domain: string | undefined, told: RegExp])[] = [
  ["tea.example", "tea.example", /^$/],
  ["[tea.example]", "tea.example", /^$/],
  ["[tea.example, cup.example]", "tea.example", /write `cup\.example` under the environment's `domains`/],
  ["['*.tea.example', tea.example]", "tea.example", /`\*\.tea\.example` is left out/],
  ["'*.tea.example'", undefined, /a wildcard is no host name here/],
];

for (const [alias, domain, told] of aliases)
  test(`a service has one host name: ${alias}`, () => {
    const { value, rows } = translated({
      ".workspace": "application: house",
      "tea/manifest.yml": `type: Load Balanced Web Service\nimage: { build: Dockerfile, port: 80 }\nhttp: { path: /, alias: ${alias} }`,
    });
    assert.equal(value("services", "tea", "x-freehold", "domain"), domain);
    assert.match(rows.find(({ key }) => key === "http.alias")?.message ?? "", told);
  });

test("of several environments a host name leads to one, unless it names each", () => {
  const files = (alias: string) => ({
    ".workspace": "application: house",
    "environments/test/manifest.yml": "name: test\ntype: Environment",
    "tea/manifest.yml": `type: Load Balanced Web Service\nimage: { build: Dockerfile, port: 80 }\nhttp: { path: /, alias: "${alias}" }\nenvironments: { prod: { http: { alias: shop.example } } }`,
  });
  const of = (alias: string, environment: string) =>
    translated(files(alias)).value(
      ...["x-freehold", "collections", environment, "environments", environment, "services", "tea", "domain"],
    );
  const plain = translated(files("tea.example"));
  assert.equal(plain.value("services", "tea", "x-freehold", "domain"), undefined);
  assert.equal(plain.rows.find(({ key }) => key === "http.alias")?.outcome, "without counterpart");
  assert.equal(of("tea.example", "prod"), "shop.example");
  assert.equal(of("${COPILOT_ENVIRONMENT_NAME}.tea.example", "test"), "test.tea.example");
});
