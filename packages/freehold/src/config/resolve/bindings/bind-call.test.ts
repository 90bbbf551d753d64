import assert from "node:assert/strict";
import { test } from "node:test";
import type { Scope } from "../scope.ts";
import { namedServices } from "./bind-call.ts";

const scope: Scope = new Map([
  ["api", { kind: "container", ports: [8000, 9000] }],
  ["front", { kind: "container", ports: [80] }],
  ["worker", { kind: "container", ports: [] }],
  ["site", { kind: "site" }],
  ["db", { kind: "resource", type: "database" }],
]);

const away = (service: string) => `${service}.away`;

function found(value: string, name = "URL", owner = "web"): readonly unknown[] {
  const named = namedServices({ name, value, owner }, scope, away);
  if (named === undefined) return [];
  const calls = named.calls.map(({ service, port }) => `${service}:${port}`);
  const refused = named.refused.map(({ host, port = "any" }) => `no ${host}:${port}`);
  return [[...calls, ...refused].join(" "), named.away];
}

const rows: readonly (readonly [string, readonly unknown[], string?])[] = [
  ["http://api:8000", ["api:8000", "http://api.away:8000"]],
  ["http://user:secret@api:9000/v1?x=1", ["api:9000", "http://user:secret@api.away:9000/v1?x=1"]],
  ["http://front", ["front:80", "http://front.away"]],
  ["http://front/api/", ["front:80", "http://front.away/api/"]],
  ["https://front", ["no front:443", "https://front.away"]],
  ["http://api", ["no api:80", "http://api.away"]],
  ["grpc://front", ["front:80", "grpc://front.away"]],
  ["api:8000", ["api:8000", "api.away:8000"]],
  ["api:8000,front:80", ["api:8000 front:80", "api.away:8000,front.away:80"]],
  ["http://api:8000, http://front:80", ["api:8000 front:80", "http://api.away:8000, http://front.away:80"]],
  ["http://worker:5000", ["no worker:5000", "http://worker.away:5000"]],
  ["http://site", ["no site:80", "http://site.away"]],
  ["http://api:7000", ["no api:7000", "http://api.away:7000"]],
  ["api", ["api:8000 api:9000", "api.away"], "API_HOST"],
  ["api", []],
  ["http://api.example.com/api:8000", []],
  ["https://example.com/api", []],
  ["me@api", []],
  ["rapid:8000", []],
  ["postgres://app@db/app", []],
  ["http://web:3000", []],
  ['["http://api:8000"]', ["api:8000", '["http://api.away:8000"]']],
  [
    "['http://api:8000', 'http://front']",
    ["api:8000 front:80", "['http://api.away:8000', 'http://front.away']"],
  ],
  ['["api:8000","api:9000"]', ["api:8000 api:9000", '["api.away:8000","api.away:9000"]']],
  ["http://api:8000 http://front:80", ["api:8000 front:80", "http://api.away:8000 http://front.away:80"]],
  ["Server=api,8000;User Id=sa;Password=x", ["api:8000", "Server=api.away,8000;User Id=sa;Password=x"]],
  ["Data Source=tcp:api,8000", ["api:8000", "Data Source=tcp:api.away,8000"]],
  ["User Id=sa; Server = api:9000;", ["api:9000", "User Id=sa; Server = api.away:9000;"]],
  ["Server=api;Port=9000;Uid=x", ["api:9000", "Server=api.away;Port=9000;Uid=x"]],
  ["host=api port=8000 dbname=x", ["api:8000", "host=api.away port=8000 dbname=x"]],
  ["Server=api;Uid=x", ["api:8000 api:9000", "Server=api.away;Uid=x"]],
  ["Server=api,7000;Uid=x", ["no api:7000", "Server=api.away,7000;Uid=x"]],
  ["Server=db,5432;Uid=x", []],
  ["observer=api", []],
];

for (const [value, expected, name] of rows) {
  test(`${name ?? "URL"}=${value}`, () => assert.deepEqual(found(value, name), expected));
}

test("a service's own name means itself", () => {
  assert.deepEqual(found("http://api:8000", "URL", "api"), []);
});
