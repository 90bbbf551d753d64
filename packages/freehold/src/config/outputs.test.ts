import assert from "node:assert/strict";
import { test } from "node:test";
import { testBadFiles } from "./testing/bad-files.ts";
import { serviceOf } from "./testing/parse.ts";

const file = (variables: string) => `services:
  a:
    image: example/a
    x-freehold:
      variables: { ${variables} }
  db:
    image: postgres:16
x-freehold:
  resources:
    uploads: { type: bucket }
    jobs: { type: queue }
`;

test("an output is what AWS knows of a resource, which the service then uses", () => {
  const { bindings, uses } = serviceOf(
    file("FILES: { output: uploads.arn }, PGHOST: { output: db.host }, FROM: { alias: FILES }"),
  );
  const files = { kind: "attribute", resource: "uploads", attribute: "arn" };
  assert.deepEqual(bindings["FILES"], files);
  assert.deepEqual(bindings["FROM"], files);
  assert.deepEqual(bindings["PGHOST"], { kind: "attribute", resource: "db", attribute: "host" });
  assert.deepEqual(uses, ["db", "uploads"]);
});

test("an output has a name that would be there otherwise, and a nearer plain value wins over it", () => {
  const named = "DB_HOST: { output: uploads.name }, X: { output: db.port }";
  assert.partialDeepStrictEqual(serviceOf(file(named)).bindings["DB_HOST"], { resource: "uploads" });
  const around = file("FILES: mine").replace(
    "  resources:",
    "  variables: { FILES: { output: uploads.arn } }\n  resources:",
  );
  const { bindings, variables } = serviceOf(around);
  assert.deepEqual([bindings["FILES"], variables["FILES"]], [undefined, "mine"]);
});

testBadFiles([
  {
    what: "an output that a resource has not",
    file: file("FILES: { output: uploads.url }"),
    says: [
      "5:20 services.a.x-freehold.variables.FILES `uploads.url` is no output of a resource // did you mean `uploads.arn`? (allowed: db.arn, db.host, db.port, jobs.arn, jobs.name, jobs.url, uploads.arn, uploads.name)",
    ],
  },
  {
    what: "an output of nothing, and a password",
    file: file("A: { output: db.password }, B: { output: nowhere.arn }"),
    says: [
      "5:20 services.a.x-freehold.variables.A `db.password` is no output of a resource // (allowed: db.arn, db.host, db.port, jobs.arn, jobs.name, jobs.url, uploads.arn, uploads.name)",
      "5:48 services.a.x-freehold.variables.B `nowhere.arn` is no output of a resource // (allowed: db.arn, db.host, db.port, jobs.arn, jobs.name, jobs.url, uploads.arn, uploads.name)",
    ],
  },
]);
