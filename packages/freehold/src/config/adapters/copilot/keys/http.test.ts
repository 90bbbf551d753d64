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
