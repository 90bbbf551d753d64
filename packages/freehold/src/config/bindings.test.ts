import assert from "node:assert/strict";
import { test } from "node:test";
import type { Binding } from "../app/binding.ts";
import { parseApplication } from "./parse.ts";
import { environmentOf, notesOf, serviceOf } from "./testing/parse.ts";

const managed = `
  db: { image: "postgres:17" }
  cache: { image: "redis:7" }
`;

/** The binding of `V` in a service whose `V` has this value. */
function bound(value: string): Binding | undefined {
  return serviceOf(`services:\n  a: { image: x, environment: { V: "${value}" } }${managed}`).bindings["V"];
}

const database = {
  kind: "url",
  resource: "db",
  scheme: "postgres",
  role: "u",
  path: "/n",
  query: "sslmode=verify-full",
};
const urls: readonly (readonly [string, unknown])[] = [
  ["postgres://u:p@db:5432/n", database],
  ["postgres://u@db/n", database],
  ["postgresql://u:p@db/n", { ...database, scheme: "postgresql" }],
  ["postgres://u:p@db/n?sslmode=require", { ...database, query: "sslmode=require" }],
  ["postgres://u:p@db/n?a=b", { ...database, query: "a=b&sslmode=verify-full" }],
  ["postgresql+asyncpg://u:p@db/n", { ...database, scheme: "postgresql+asyncpg", query: "ssl=verify-full" }],
  ["postgres://db", { ...database, role: "app", path: "/app" }],
  ["postgres://db/n", { ...database, role: "n" }],
  ["postgres://u:p@db:5432", { ...database, path: "/u" }],
  ["postgres://u:p@db/a%20b", { ...database, path: "/a%20b" }],
  ["postgres://u:p@db/100%", { ...database, path: "/100%25" }],
  ["postgres://a%40b:p@db/n", { ...database, role: "a@b" }],
  ["redis://cache:6379/0", { kind: "url", resource: "cache", scheme: "rediss", path: "/0", query: "" }],
  ["redis://:p@cache", { kind: "url", resource: "cache", scheme: "rediss", path: "", query: "" }],
];

for (const [value, binding] of urls) {
  test(`${value} is bound`, () => assert.deepEqual(bound(value), binding));
}

test("Celery is told what is asked of the cache's certificate, which it wants to know", () => {
  const { bindings } = serviceOf(
    `services:\n  a: { image: x, environment: { CELERY_BROKER_URL: "redis://cache/1", R: "redis://cache" } }${managed}`,
  );
  const queries = [bindings["CELERY_BROKER_URL"], bindings["R"]].map(
    (one) => one?.kind === "url" && one.query,
  );
  assert.deepEqual(queries, ["ssl_cert_reqs=CERT_REQUIRED", ""]);
});

for (const value of ["db", "redis", "postgres://elsewhere/n", "https://db.example/x", "a db:x", "shop"]) {
  test(`\`${value}\` is left as it is`, () => assert.equal(bound(value), undefined));
}

const parts = `
services:
  a:
    image: x
    environment: { SQL_HOST: db, SQL_PASSWORD: hush, SQL_USER: home, SQL_NAME: house, SQL_ADDR: "db:5432", OTHER: hush }
  db: { image: "postgres:17", environment: [POSTGRES_USER=home, POSTGRES_DB=house, POSTGRES_PASSWORD=hush] }
  other: { image: "postgres:17", environment: { POSTGRES_PASSWORD: hush } }
`;

test("a database told in parts: host, address and password are bound, the rest means the same on AWS", () => {
  const { bindings, variables } = serviceOf(parts);
  assert.deepEqual(
    ["SQL_HOST", "SQL_PASSWORD", "SQL_ADDR"].map((name) => bindings[name]),
    [
      { kind: "attribute", resource: "db", attribute: "host" },
      { kind: "attribute", resource: "db", attribute: "password", role: "home" },
      { kind: "attribute", resource: "db", attribute: "address" },
    ],
  );
  const { SQL_USER, SQL_NAME, OTHER, DB_USER, PGSSLMODE } = variables;
  assert.deepEqual([SQL_USER, SQL_NAME, OTHER], ["home", "house", "hush"]);
  assert.deepEqual([DB_USER, PGSSLMODE], ["home", "verify-full"]);
  const db = environmentOf(parts).resources.find(({ name }) => name === "db");
  assert.deepEqual(db?.type === "database" && db.databases, [{ name: "house", role: "home" }]);
});

test("a cache that needs no TLS takes its host as it is, and URLs without a credential", () => {
  const { bindings } = serviceOf(`
services:
  a: { image: x, environment: { REDIS_HOST: cache, R: "cache:6379", URL: "redis://:p@cache/1" } }
  cache: { image: "redis:7", x-freehold: { tls: false } }
`);
  const url = { kind: "url", resource: "cache", scheme: "redis", query: "", open: true };
  assert.deepEqual(bindings["REDIS_HOST"], { kind: "attribute", resource: "cache", attribute: "host" });
  assert.deepEqual(bindings["R"], { kind: "attribute", resource: "cache", attribute: "address" });
  assert.deepEqual(bindings["URL"], { ...url, path: "/1" });
  assert.deepEqual(bindings["REDIS_URL"], { ...url, path: "" });
});

test("a database is told its role and database by an env file, as its users often are by the same", () => {
  const compose = `
services:
  a: { image: x, env_file: .env }
  db: { image: "postgres:17", env_file: [.env], environment: { POSTGRES_DB: house } }
`;
  const text = "POSTGRES_USER=home\nPOSTGRES_PASSWORD=hush\nPOSTGRES_DB=other\nPOSTGRES_HOST=db\n";
  const namedFiles = [{ path: ".env", text }];
  const application = parseApplication([{ path: "compose.yaml", text: compose }], {
    folder: "f",
    variables: {},
    namedFiles,
  });
  const { resources, services } = application.collections[0]?.environments[0] ?? {
    resources: [],
    services: [],
  };
  const db = resources.find(({ name }) => name === "db");
  assert.deepEqual(db?.type === "database" && db.databases, [{ name: "house", role: "home" }]);
  const a = services.find((one) => one.name === "a");
  const password = a?.type === "worker" ? a.bindings["POSTGRES_PASSWORD"] : undefined;
  assert.deepEqual(password, { kind: "attribute", resource: "db", attribute: "password", role: "home" });
});

test("a container that is told no user has the image's: postgres", () => {
  const file = `
services:
  a: { image: x, environment: { DB_HOST: db, PGPASSWORD: hush } }
  db: { image: "postgres:17", environment: { POSTGRES_PASSWORD: hush } }
`;
  const { bindings } = serviceOf(file);
  const password = bindings["PGPASSWORD"];
  assert.equal(password?.kind === "attribute" && password.role, "postgres");
});

test("what a service depends on is always there, and never over what the user wrote", () => {
  const a = serviceOf(
    `services:\n  a: { image: x, depends_on: [db, cache], environment: { DB_PORT: "1", REDIS_URL: mine } }${managed}`,
  );
  assert.deepEqual(Object.keys(a.bindings), [
    "CACHE_HOST",
    "CACHE_PORT",
    "CACHE_URL",
    "DATABASE_URL",
    "DB_HOST",
    "DB_PASSWORD",
    "DB_URL",
  ]);
  assert.deepEqual([a.variables["DB_PORT"], a.variables["REDIS_URL"]], ["1", "mine"]);
  assert.deepEqual([a.variables["DB_NAME"], a.variables["DB_USER"]], ["app", "app"]);
  assert.deepEqual(a.uses, ["cache", "db"]);
});

test("the usual single names are there only where there is one", () => {
  const a = serviceOf(
    "services: {a: {image: x, depends_on: [p, q]}, p: {image: 'postgres:17'}, q: {image: 'postgres:17'}}",
  );
  assert.ok(!("DATABASE_URL" in a.bindings) && "P_URL" in a.bindings && "Q_URL" in a.bindings);
});

test("a bucket's name and a queue's URL", () => {
  const a = serviceOf(`
services: { a: { image: x, x-freehold: { uses: [my-files, jobs] } } }
x-freehold: { resources: { my-files: { type: bucket }, jobs: { type: queue, fifo: true } } }
`);
  assert.deepEqual(a.bindings, {
    JOBS_URL: { kind: "attribute", resource: "jobs", attribute: "url" },
    MY_FILES_NAME: { kind: "attribute", resource: "my-files", attribute: "name" },
  });
});

test("the database holds what the URLs name, and what its container at home is told", () => {
  const databases = (services: string) => {
    const db = environmentOf(`services:\n${services}`).resources.find(({ name }) => name === "db");
    return db?.type === "database" ? db.databases.map(({ name, role }) => `${name}/${role}`) : [];
  };
  const db = `  db: { image: "postgres:17", environment: { POSTGRES_USER: home, POSTGRES_DB: house } }`;
  assert.deepEqual(databases(db), ["house/home"]);
  assert.deepEqual(databases(`  a: { image: x, depends_on: [db] }\n${db}`), ["house/home"]);
  const urls = "{ ONE: 'postgres://u:p@db/one', TWO: 'postgres://v:p@db/two' }";
  assert.deepEqual(databases(`  a: { image: x, environment: ${urls} }\n${db}`), ["one/u", "two/v"]);
  assert.deepEqual(databases('  db: { image: "postgres:17" }'), ["app/app"]);
});

test("a secret wins over a value at home and stands nowhere in clear", () => {
  const a = serviceOf("services: {a: {image: x, environment: {KEY: canary}, x-freehold: {secrets: [KEY]}}}");
  assert.deepEqual(a.secrets, ["KEY"]);
  assert.ok(!JSON.stringify(a).includes("canary"));
});

test("a name that is left out on AWS is a note", () => {
  const notes = notesOf(
    "services: {a: {image: x, environment: {SMTP_HOST: mail}}, mail: {image: y, x-freehold: {type: ignore}}}",
  );
  assert.match(notes.join(), /services\.a\.environment\.SMTP_HOST: names `mail`, which is left out on AWS/);
});
