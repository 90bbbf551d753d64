import assert from "node:assert/strict";
import { test } from "node:test";
import { notesOf } from "./testing/parse.ts";

/** What is told of the variable V of a service beside `db`, `cache` (also known as `store`) and `worker`. */
function toldOf(name: string, value: string): readonly string[] {
  const file = `
services:
  a: { image: x, ports: ["80"], environment: { ${name}: "${value}" } }
  db: { image: "postgres:17" }
  cache: { image: "redis:7", hostname: store, x-freehold: { tls: false } }
  worker: { image: y, expose: ["9000"] }`;
  return notesOf(file).flatMap((note) => /did you mean `(\w+)`/.exec(note)?.[1] ?? []);
}

for (const [name, value, meant] of [
  ["DATABASE_URL", "postgres://u:p@bd:5432/x", "db"],
  ["REDIS_URL", "redis://cahce:6379/0", "cache"],
  ["REDIS_URL", "redis://stor", "store"],
  ["API", "http://wrker:9000/x", "worker"],
  ["DB_HOST", "bd", "db"],
  ["WORKER_ADDR", "workr:9000", "worker"],
] as const)
  test(`${value} may mean ${meant}`, () => assert.deepEqual(toldOf(name, value), [meant]));

for (const [name, value] of [
  ["DATABASE_URL", "postgres://u:p@db:5432/x"],
  ["REDIS_URL", "redis://store:6379"],
  ["API", "https://wrker.example/x"],
  ["API", "http://localhost:9000"],
  ["BUCKET", "s3://bd/path"],
  ["MODE", "bd"],
  ["SELF", "http://a:80"],
  ["OTHER", "http://elsewhere:80"],
] as const)
  test(`${value} of ${name} is no slip of the pen`, () => assert.deepEqual(toldOf(name, value), []));
