import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import { parseApplication } from "../parse.ts";
import { cncAdapter } from "./cnc/adapter.ts";

function parse(text: string) {
  const files = [{ name: "cnc.yml", path: "cnc.yml", text }];
  return parseApplication([], {
    folder: "shop",
    variables: {},
    foreign: { adapter: cncAdapter, files, noticed: [] },
  });
}

const file = `services:
  api:
    build: ./api
    ports: ["8000"]
    x-cnc:
      type: backend
      url_path: /api
`;

test("a foreign file is read as it is", () => {
  const service = parse(file).collections[0]?.environments[0]?.services[0];
  assert.deepEqual([service?.type, service?.type === "web" && service.path], ["web", "/api"]);
});

test("a key that is not in the tool's language is an error with a suggestion", () => {
  assert.deepEqual(problemsOf(file.replace("url_path", "url_pth")), [
    "7:7 services.api.x-cnc.url_pth is not a setting",
  ]);
});

test("what is wrong with a value that was mapped points into the foreign file", () => {
  assert.deepEqual(problemsOf(file.replace("url_path: /api", "url_path: api")), [
    "7:7 services.api.x-freehold.path `api` must begin with `/` and hold letters, digits and . _ ~ - only, e.g. `/api`",
  ]);
});

test("two YAML documents in one file are refused before anything is adapted", () => {
  assert.deepEqual(problemsOf(`${file}---\na: 1\n`), [
    "1:1  the file holds several YAML documents; one is allowed",
  ]);
});

function problemsOf(text: string): readonly string[] {
  try {
    parse(text);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(
      ({ place, subject, message }) => `${place?.line}:${place?.column} ${subject} ${message}`,
    );
  }
}
