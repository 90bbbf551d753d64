import assert from "node:assert/strict";
import { test } from "node:test";
import { notesOf } from "./testing/parse.ts";

const resources = "x-freehold: {resources: {jobs: {type: queue}}}";

test("a queue that no service uses is told", () => {
  assert.deepEqual(notesOf(`services: {a: {image: x}}\n${resources}`), [
    "x-freehold.resources.jobs: is used by no service: list `jobs` under `uses` of those that reach it",
  ]);
});

test("a variable that only names a queue is told, with what gives its address", () => {
  const named = "services: {a: {image: x, environment: {QUEUE_URL: jobs}}}";
  assert.deepEqual(notesOf(`${named}\n${resources}`), [
    "services.a.environment.QUEUE_URL: stays `jobs`, which is no queue on AWS: list it under `uses` and write `variables: { QUEUE_URL: { alias: JOBS_URL } }`",
    "x-freehold.resources.jobs: is used by no service: list `jobs` under `uses` of those that reach it",
  ]);
});

test("what that note says to write is right, and says no more", () => {
  const settings = "{uses: [jobs], variables: {QUEUE_URL: {alias: JOBS_URL}}}";
  const file = `services: {a: {image: x, environment: {QUEUE_URL: jobs}, x-freehold: ${settings}}}`;
  assert.deepEqual(notesOf(`${file}\n${resources}`), []);
});

test("a variable of another meaning may have the same value", () => {
  const file = "services: {a: {image: x, environment: {ROLE: jobs}, x-freehold: {uses: [jobs]}}}";
  assert.deepEqual(notesOf(`${file}\n${resources}`), []);
});

test("a private service that nobody calls is told, and one that is called is not", () => {
  const admin = "admin: {image: y, expose: [9000]}";
  assert.deepEqual(notesOf(`services: {a: {image: x}, ${admin}}`), [
    "services.admin: is called by no service, so nobody reaches it: name it in a variable or under `uses` of those that do, or give it `type: web` and a path",
  ]);
  assert.deepEqual(notesOf(`services: {a: {image: x, environment: {A: "http://admin:9000"}}, ${admin}}`), []);
});
