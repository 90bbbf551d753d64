import assert from "node:assert/strict";
import { test } from "node:test";
import { environmentOf, notesOf } from "../testing/parse.ts";

const published = (name: string, rest = "") => `  ${name}: {image: x/${name}:1, ports: ["8000"]${rest}}`;

function webs(lines: readonly string[]): readonly string[] {
  const { services } = environmentOf(["services:", ...lines].join("\n"));
  return services.filter(({ type }) => type === "web").map(({ name }) => name);
}

const rows: readonly (readonly [what: string, lines: readonly string[], front: string])[] = [
  ["what leads to the others", [published("a"), published("b", ", depends_on: [a]")], "b"],
  ["what calls the others", [published("a"), published("b", ", environment: {A: 'http://a:8000'}")], "b"],
  ["a proxy before a page", [published("web"), published("edge-proxy")], "edge-proxy"],
  ["a page before an API", [published("api"), published("shop-frontend")], "shop-frontend"],
  ["an application before its API", [published("shop"), published("api")], "shop"],
  ["the name that the others extend", [published("chat"), published("chat-rooms")], "chat"],
  ["the port of browsers", [published("a"), "  b: {image: x, ports: ['80:3000']}"], "b"],
  [
    "what is watched before what watches",
    ["  m: {image: grafana/grafana:11, ports: ['80:3000']}", published("a")],
    "a",
  ],
  [
    "the longest way",
    [
      published("a"),
      published("b", ", depends_on: [a, c]"),
      published("c"),
      published("d", ", depends_on: [a]"),
    ],
    "b",
  ],
];

for (const [what, lines, front] of rows)
  test(`\`/\` is answered by ${what}`, () => {
    assert.deepEqual(webs(lines), [front]);
    assert.deepEqual(webs(lines.toReversed()), [front]);
  });

test("a database that is built is no front, nor is what speaks no HTTP", () => {
  assert.deepEqual(webs([published("orders-mongodb", ", build: ./db"), published("orders")]), ["orders"]);
  assert.deepEqual(webs(["  broker: {image: x, ports: ['80:9092', '5672']}", published("orders")]), [
    "orders",
  ]);
  assert.deepEqual(webs(["  broker: {image: x, ports: ['80:9092', '8000']}"]), ["broker"]);
});

test("a path or a health check that is written means the internet", () => {
  const api = (settings: string) => published("api", `, x-freehold: ${settings}`);
  assert.deepEqual(webs([published("web"), api("{path: /api}")]), ["api", "web"]);
  assert.deepEqual(webs([published("web"), api("{health: /up}")]), ["api"]);
});

test("whose path is written gives way to nobody", () => {
  const site = "  page: {x-freehold: {type: site, build: make, output: dist}}";
  assert.deepEqual(webs([published("proxy"), site]), []);
});

test("those behind the front are told, and whether anyone reaches them", () => {
  const front = published("web", ", depends_on: [api]");
  const said = "`web` answers `/`; if browsers call it, give it a path, as in `x-freehold.path: /api`";
  assert.deepEqual(notesOf(["services:", published("api"), published("admin"), front].join("\n")), [
    `services.admin: publishes a port, yet nobody reaches it: ${said}`,
    `services.api: publishes a port, yet only the other services reach it: ${said}`,
  ]);
});
