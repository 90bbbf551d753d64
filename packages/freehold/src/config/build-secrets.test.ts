import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "./testing/parse.ts";

const notesOf = (args: string) =>
  parse(`
services:
  a:
    build: { context: ., args: ${args} }
    ports: ["80"]
`).notes.filter(({ subject }) => subject.includes("build"));

test("a build argument that looks like a secret is noted, with what to write instead", () => {
  const [note, ...more] = notesOf("{ NPM_TOKEN: abc, COLOR: blue }");
  assert.equal(note?.subject, "services.a.build.args.NPM_TOKEN");
  assert.match(note?.message ?? "", /looks like a secret.*list it under `secrets`/);
  assert.deepEqual(more, []);
});

test("one without a value, or of another name, is not", () => {
  for (const args of ["{ NPM_TOKEN: }", "{ NPM_TOKEN: '' }", "{ VERSION: '1' }", "{}"])
    assert.deepEqual(notesOf(args), [], args);
});
