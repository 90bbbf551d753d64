import assert from "node:assert/strict";
import { test } from "node:test";
import { testBadFiles } from "./testing/bad-files.ts";
import { serviceOf } from "./testing/parse.ts";

const file = (variables: string) => `services:
  a:
    image: example/a
    environment: { PLAIN: text }
    depends_on: [db]
    x-freehold:
      secrets: [TOKEN]
      variables: { ${variables} }
  db:
    image: postgres:16
`;

test("an alias has another variable's value, plain or of a resource, through other aliases too", () => {
  const variables =
    "ONE: { alias: TWO }, TWO: { alias: PLAIN }, PGURL: { alias: DATABASE_URL }, APP: { alias: FREEHOLD_APP }";
  const service = serviceOf(file(variables));
  assert.deepEqual([service.variables["ONE"], service.variables["TWO"]], ["text", "text"]);
  assert.equal(service.variables["APP"], service.variables["FREEHOLD_APP"]);
  assert.deepEqual(service.bindings["PGURL"], service.bindings["DATABASE_URL"]);
  assert.ok(service.bindings["PGURL"] !== undefined);
});

test("the nearest wins, whether it is an alias or plain", () => {
  assert.equal(serviceOf(file("PLAIN: { alias: FREEHOLD_ENVIRONMENT }")).variables["PLAIN"], "dev");
});

test("an alias of FREEHOLD_URL is told by AWS alone", () => {
  const text = file("PUBLIC_URL: { alias: FREEHOLD_URL }, ORIGIN: { alias: PUBLIC_URL }");
  const service = serviceOf(text.replace("image: example/a", "image: example/a\n    ports: [80]"));
  assert.deepEqual(service.ownUrls, ["ORIGIN", "PUBLIC_URL"]);
});

testBadFiles([
  {
    what: "an alias of the environment's address where nothing answers",
    file: file("PUBLIC_URL: { alias: FREEHOLD_URL }"),
    says: [
      "8:20 services.a.x-freehold.variables.PUBLIC_URL names `FREEHOLD_URL`, and no service of this environment answers the internet // publish a port of one",
    ],
  },
  {
    what: "an alias of nothing",
    file: file("ONE: { alias: PLAINN }"),
    says: [
      "8:20 services.a.x-freehold.variables.ONE `PLAINN` is no variable of this service // did you mean `PLAIN`? (allowed: DATABASE_URL, DB_HOST, DB_NAME, DB_PASSWORD, DB_PORT, DB_URL, DB_USER, FREEHOLD_APP, FREEHOLD_ENVIRONMENT, FREEHOLD_URL, PLAIN)",
    ],
  },
  {
    what: "aliases that go round",
    file: file("ONE: { alias: TWO }, TWO: { alias: ONE }"),
    says: [
      "8:20 services.a.x-freehold.variables.ONE goes round: `ONE` has its own value // name another variable",
      "8:41 services.a.x-freehold.variables.TWO goes round: `TWO` has its own value // name another variable",
    ],
  },
  {
    what: "an alias of a secret",
    file: file("ONE: { alias: TOKEN }"),
    says: [
      "8:20 services.a.x-freehold.variables.ONE `TOKEN` is a secret, and an alias of one is not built yet // list `ONE` as a secret too",
    ],
  },
]);
