import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerService } from "../app/application.ts";
import { containerServices } from "../app/find.ts";
import { parseApplication } from "./parse.ts";
import { problemsOf } from "./testing/bad-files.ts";
import { environmentOf, notesOf, serviceOf } from "./testing/parse.ts";

function pathsIn({ secretFiles = [] }: ContainerService): readonly string[] {
  return secretFiles.map(({ path, name, user, group, mode }) => `${path} ${name} ${user}:${group} ${mode}`);
}

const one = (secrets: string, more = "") => `
services: { a: { image: x, secrets: ${secrets}, ${more} } }
secrets: { token: { file: ./token.txt }, key: { environment: KEY } }`;

test("a secret lies where Compose puts it, readable by all", () => {
  const service = serviceOf(one("[token, { source: key, target: tls/key.pem }]"));
  assert.deepEqual(pathsIn(service), [
    "/run/secrets/tls/key.pem key 0:0 0444",
    "/run/secrets/token token 0:0 0444",
  ]);
  assert.deepEqual(
    service.secretFiles?.map(({ source }) => source),
    [
      { kind: "own", home: { kind: "variable", name: "KEY" } },
      { kind: "own", home: { kind: "file", path: "./token.txt" } },
    ],
  );
});

test("it belongs to whom the file says, else to whom the container runs as", () => {
  const long = '{ source: key, target: /run/secrets/k, uid: "7", gid: 8, mode: 0o440 }';
  const service = serviceOf(one(`[token, ${long}]`, 'user: "1000:1001"'));
  assert.deepEqual(pathsIn(service), [
    "/run/secrets/k key 7:8 0440",
    "/run/secrets/token token 1000:1001 0444",
  ]);
});

test("a mode that shuts out whom the image may run as is told", () => {
  const [told] = notesOf(one("[{ source: token, mode: 0400 }]"));
  assert.match(told ?? "", /belongs to root, and its mode 0400/);
  assert.deepEqual(notesOf(one("[{ source: token, mode: 0400 }]", "user: 1000")), []);
  assert.deepEqual(notesOf(one('[{ source: token, mode: 0400, uid: "5" }]')), []);
});

test("a secret named again by a later file is one, as the later says", () => {
  const service = serviceOf(one("[token, { source: token, mode: 0400 }]"));
  assert.deepEqual(pathsIn(service), ["/run/secrets/token token 0:0 0400"]);
});

const withDatabase = (environment: string, given = "[password]") => `
services:
  a:
    image: x
    environment: { DB_HOST: db, DB_PASSWORD_FILE: /run/secrets/password }
    secrets: ${given}
  db:
    image: postgres:17
    environment: ${environment}
    secrets: [password, user, name]
secrets: { password: { file: ./p }, user: { file: ./u }, name: { file: ./n } }`;

test("the password that the database reads from a file at home is the real one on AWS", () => {
  const file = withDatabase("{ POSTGRES_USER: app, POSTGRES_PASSWORD_FILE: /run/secrets/password }");
  const [secret] = serviceOf(file).secretFiles ?? [];
  assert.deepEqual(secret?.source, {
    kind: "bound",
    binding: { kind: "attribute", resource: "db", attribute: "password", role: "app" },
  });
});

test("who reads a database's password reaches it, and its role is made", () => {
  const file = `
services:
  a: { image: x, secrets: [password] }
  db:
    image: mariadb:11
    environment: { MARIADB_USER: shop, MARIADB_PASSWORD_FILE: /run/secrets/password, MARIADB_DATABASE: orders }
    secrets: [password]
secrets: { password: { file: ./p } }`;
  assert.deepEqual(serviceOf(file).uses, ["db"]);
  const [database] = environmentOf(file).resources;
  assert.deepEqual(database?.type === "database" && database.databases, [{ name: "orders", role: "shop" }]);
});

test("names that only a secret holds at home are names of ours on AWS", () => {
  const told =
    "{ POSTGRES_USER_FILE: /run/secrets/user, POSTGRES_DB_FILE: /run/secrets/name, POSTGRES_PASSWORD_FILE: /run/secrets/password }";
  const environment = environmentOf(withDatabase(told, "[password, user, name]"));
  const [service] = containerServices(environment);
  assert.deepEqual(
    service?.secretFiles?.map(({ source }) => source.kind === "bound" && source.binding),
    [
      { kind: "attribute", resource: "db", attribute: "name", role: "app" },
      { kind: "attribute", resource: "db", attribute: "password", role: "app" },
      { kind: "attribute", resource: "db", attribute: "user", role: "app" },
    ],
  );
  const [database] = environment.resources;
  assert.deepEqual(database?.type === "database" && database.databases, [{ name: "app", role: "app" }]);
});

test("which of two databases a shared password is for must be said", () => {
  const database =
    "{ image: postgres:17, environment: { POSTGRES_PASSWORD_FILE: /run/secrets/p }, secrets: [p] }";
  const file = (variables: string) => `
services:
  a: { image: x, secrets: [p], environment: ${variables} }
  one: ${database}
  two: ${database}
secrets: { p: { file: ./p } }`;
  assert.match(problemsOf(file("{}"))[0] ?? "", /is the password of `one` and `two` at home/);
  const [secret] = serviceOf(file("{ DB_HOST: two }")).secretFiles ?? [];
  assert.equal(secret?.source.kind === "bound" && secret.source.binding.resource, "two");
});

test("an included file's secrets are told from the project's folder", () => {
  const files = [{ path: "compose.yaml", text: "include: [shop/compose.yaml]" }];
  const namedFiles = [{ path: "shop/compose.yaml", text: one("[token]") }];
  const { collections } = parseApplication(files, { folder: "x", variables: {}, namedFiles });
  const [service] = containerServices(collections[0]?.environments[0] ?? assert.fail());
  const home = { kind: "file", path: "shop/token.txt" };
  assert.deepEqual(service?.secretFiles?.[0]?.source, { kind: "own", home });
});
