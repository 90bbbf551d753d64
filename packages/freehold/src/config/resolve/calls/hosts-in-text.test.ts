import assert from "node:assert/strict";
import { test } from "node:test";
import { portsOfHost } from "./hosts-in-text.ts";

const rows: readonly (readonly [text: string, ports: readonly (number | undefined)[]])[] = [
  ["proxy_pass http://api:8000/v1;", [8000]],
  ["upstream a { server api:8000; server api:8001 backup; }", [8000, 8001]],
  ["reverse_proxy api:3000", [3000]],
  ["fastcgi_pass api:9000;", [9000]],
  ['url: "http://api"', [undefined]],
  ["postgres://u:p@api/x", [undefined]],
  ["server s1 api:8080 check", [8080]],
  ["  # reverse_proxy api:3000\n; api:80\n// api:81", []],
  ["http://my-api:8000 http://api.example.com:80 http://api-two:80", []],
  ["image: registry.example/api:80", []],
  ["root /srv/api:80", []],
  ["api: 3000, api:300000, $api:80", []],
];

for (const [text, ports] of rows)
  test(`hosts in \`${text}\``, () => assert.deepEqual(portsOfHost(text, "api"), ports));
