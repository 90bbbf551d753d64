import assert from "node:assert/strict";
import { test } from "node:test";
import { environmentOf, notesOf, serviceOf } from "./testing/parse.ts";

const keys = "AWS_ACCESS_KEY_ID: k, AWS_SECRET_ACCESS_KEY: s";

function file(variables: string): string {
  return `
services:
  a: { image: x, environment: { ${variables} } }
  files: { image: minio/minio }
  jobs: { image: softwaremill/elasticmq }
  localstack: { image: "localstack/localstack:3", ports: ["4566:4566"] }
x-freehold: { resources: { mails: { type: queue } } }
`;
}

test("an endpoint at home and its keys are left out: the SDK finds AWS, and the role signs", () => {
  for (const endpoint of ["http://files:9000", "files:9000", "http://jobs:9324", "http://localstack:4566/"]) {
    const text = file(`AWS_ENDPOINT_URL: "${endpoint}", ${keys}, KEPT: "1"`);
    const { variables } = serviceOf(text);
    assert.deepEqual(
      Object.keys(variables).filter((name) => !name.startsWith("FREEHOLD_")),
      ["KEPT"],
      endpoint,
    );
    const notes = notesOf(text).filter((note) => note.includes("is left out on AWS"));
    assert.equal(notes.length, 3);
  }
});

test("what leads to a stand-in uses it", () => {
  assert.deepEqual(serviceOf(file('E: "http://files:9000"')).uses, ["files"]);
});

test("a queue's URL and a bucket's name at home become the real ones", () => {
  const urls = 'A: "http://jobs:9324/000000000000/any", B: "http://localstack:4566/000000000000/mails"';
  const { bindings } = serviceOf(file(`${urls}, E: "http://files:9000", S3_BUCKET: pictures`));
  const url = { kind: "attribute", attribute: "url" };
  assert.deepEqual(bindings["A"], { ...url, resource: "jobs" });
  assert.deepEqual(bindings["B"], { ...url, resource: "mails" });
  assert.deepEqual(bindings["S3_BUCKET"], { kind: "attribute", resource: "files", attribute: "name" });
});

test("keys stay where nothing leads to a stand-in", () => {
  const { variables } = serviceOf(file(`${keys}, URL: "https://example.com"`));
  assert.deepEqual([variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"]], ["k", "s"]);
});

test("tools for home are left out, unless a type is named", () => {
  const tools = "a: { image: x }, mail: { image: axllent/mailpit, ports: ['8025:8025'] }";
  assert.deepEqual(
    environmentOf(`services: { ${tools} }`).services.map(({ name }) => name),
    ["a"],
  );
  const kept = "mail: { image: axllent/mailpit, ports: ['8025:8025'], x-freehold: { type: web } }";
  assert.equal(environmentOf(`services: { ${kept} }`).services[0]?.type, "web");
});

test("a table's name at home becomes the real one's: that of the stand-in's only table, or that of the table it names", () => {
  const text = `
services:
  a: { image: x, environment: { E: "http://dynamo:8000", TABLE_NAME: carts, SESSIONS_TABLE: sessions, AWS_REGION: local } }
  dynamo: { image: amazon/dynamodb-local }
x-freehold: { resources: { sessions: { type: table } } }
`;
  const { bindings, variables, uses } = serviceOf(text.replace("TABLE_NAME: carts, ", ""));
  assert.deepEqual(bindings["SESSIONS_TABLE"], {
    kind: "attribute",
    attribute: "name",
    resource: "sessions",
  });
  assert.deepEqual(uses, ["dynamo", "sessions"]);
  assert.ok(!("AWS_REGION" in variables));
  assert.throws(() => serviceOf(text), /names one of 2 tables of `dynamo`/);
  const alone = serviceOf(text.replace("SESSIONS_TABLE: sessions, ", ""));
  assert.deepEqual(alone.bindings["TABLE_NAME"], {
    kind: "attribute",
    attribute: "name",
    resource: "dynamo",
  });
});

test("the ARN of a topic at home becomes the real one", () => {
  const text = `
services:
  a: { image: x, environment: { T: "arn:aws:sns:eu-west-1:000000000000:news", U: "arn:aws:sns:eu-west-1:111111111111:news" } }
x-freehold: { resources: { news: { type: topic } } }
`;
  const { bindings, variables } = serviceOf(text);
  assert.deepEqual(bindings["T"], { kind: "attribute", attribute: "arn", resource: "news" });
  assert.equal(variables["U"], "arn:aws:sns:eu-west-1:111111111111:news");
});

test("several buckets of one MinIO are written down, and the MinIO is left out", () => {
  const { bindings, variables } = serviceOf(`
services:
  a: { image: x, environment: { S3_ENDPOINT: "http://minio:9000", IN_BUCKET: "in", OUT_BUCKET: "out" } }
  minio: { image: minio/minio, x-freehold: { type: ignore } }
x-freehold: { resources: { in: { type: bucket }, out: { type: bucket } } }
`);
  assert.deepEqual(bindings["IN_BUCKET"], { kind: "attribute", attribute: "name", resource: "in" });
  assert.deepEqual(bindings["OUT_BUCKET"], { kind: "attribute", attribute: "name", resource: "out" });
  assert.ok(!("S3_ENDPOINT" in variables));
});
