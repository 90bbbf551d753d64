import assert from "node:assert/strict";
import { test } from "node:test";
import { notesOf } from "../../testing/parse.ts";

const notes = (value: string) =>
  notesOf(`services:
  web: { image: x/web, ports: ["3000:80"], environment: { URL: "${value}" }, x-freehold: { path: / } }
  api: { image: x/api, ports: ["8000:9000"], x-freehold: { path: /api } }
  db: { image: "postgres:17", ports: ["5432:5432"] }
`).filter((note) => note.includes("at home;"));

test("what another service is found at on this machine is told, with where it is on AWS", () => {
  assert.deepEqual(notes("http://localhost:8000/v1"), [
    "services.web.environment.URL: `localhost:8000` is where `api` is found at home; write `http://api:9000` for what containers ask, and `variables: { URL: { alias: FREEHOLD_URL } }` for what browsers ask",
  ]);
});

test("what a service itself is found at is told, in a list too", () => {
  assert.deepEqual(notes("https://example.com,http://127.0.0.1:3000"), [
    "services.web.environment.URL: `127.0.0.1:3000` is where it is found at home; for the address of the environment write `variables: { URL: { alias: FREEHOLD_URL } }`",
  ]);
});

test("ports that nothing publishes, and those of a resource, are no such address", () => {
  for (const value of [
    "http://localhost:9999",
    "http://localhost:5432",
    "localhost:8000",
    "http://notlocalhost:8000",
    "http://localhost.example:8000",
    "http://localhost:80001",
  ])
    assert.deepEqual(notes(value), []);
});
