import assert from "node:assert/strict";
import { test } from "node:test";
import type { Database } from "../app/application.ts";
import type { Binding } from "../app/binding.ts";
import { composeBindingValue } from "../app/binding-value.ts";
import { environmentOf, notesOf, serviceOf } from "./testing/parse.ts";

function databaseOf(file: string): Database {
  const found = environmentOf(file).resources.find((one) => one.type === "database");
  return found ?? assert.fail("no database");
}

const images: readonly (readonly [image: string, engine: string, version: string])[] = [
  ["mysql:8.4.3", "mysql", "8.4"],
  ["mysql:8.0-debian", "mysql", "8.0"],
  ["mysql:8", "mysql", "8.4"],
  ["mysql:lts", "mysql", "8.4"],
  ["mysql/mysql-server:8.0", "mysql", "8.0"],
  ["percona/percona-server:8.4", "mysql", "8.4"],
  ["percona:8.0", "mysql", "8.0"],
  ["bitnami/mysql:8.4", "mysql", "8.4"],
  ["mariadb", "mariadb", "11.8"],
  ["mariadb:10", "mariadb", "10.11"],
  ["mariadb:11", "mariadb", "11.8"],
  ["mariadb:11.4-noble", "mariadb", "11.4"],
  ["bitnami/mariadb:10.11", "mariadb", "10.11"],
  ["lscr.io/linuxserver/mariadb:10.11", "mariadb", "10.11"],
];

for (const [image, engine, version] of images) {
  test(`${image} becomes ${engine} ${version}`, () => {
    const found = databaseOf(`services: { db: { image: "${image}" } }`);
    assert.deepEqual([found.engine, found.version, found.image], [engine, version, image]);
  });
}

test("an engine written by hand brings its own newest version and image", () => {
  const found = databaseOf(`
services: { a: { image: x } }
x-freehold: { resources: { db: { type: database, engine: mysql } } }
`);
  assert.deepEqual([found.engine, found.version, found.image], ["mysql", "8.4", "mysql:8.4"]);
});

test("a version that leaves standard support is told, with the day", () => {
  const notes = notesOf('services: { db: { image: "mysql:8.0" } }');
  assert.match(JSON.stringify(notes), /standard support of MySQL 8.0 ends on 2026-07-31/);
  const others = notesOf('services: { p: { image: "postgres:14" }, r: { image: "redis:6" } }');
  assert.match(JSON.stringify(others), /PostgreSQL 14 ends on 2027-02-28.*Redis 6.2 ends on 2027-01-31/);
  assert.doesNotMatch(JSON.stringify(notesOf('services: { db: { image: "mysql:8.4" } }')), /support/);
});

test("what only the container at home knows is told: its arguments, its first scripts", () => {
  const notes = notesOf(`
services:
  db:
    image: mariadb:11.4
    command: --max-connections=500
    volumes: ["data:/var/lib/mysql", "./init.sql:/docker-entrypoint-initdb.d/init.sql:ro"]
volumes: { data: {} }
`);
  assert.deepEqual(notes, [
    "services.db.command: is for the container at home: RDS keeps settings of its own",
    "services.db.volumes: its first scripts do not run on AWS: make tables in a `release` command, rows in a `seed`",
  ]);
});

const url = { kind: "url", resource: "db", scheme: "mysql", role: "u", path: "/n", query: "" };
const urls: readonly (readonly [string, unknown])[] = [
  ["mysql://u:p@db:3306/n", url],
  ["mysql2://u:p@db/n?pool=5", { ...url, scheme: "mysql2", query: "pool=5" }],
  ["mariadb://u:p@db/n", { ...url, scheme: "mariadb" }],
  ["mysql://u:p@db/n?ssl-mode=REQUIRED", { ...url, query: "ssl-mode=REQUIRED" }],
  ["mysql+pymysql://u:p@db/n", { ...url, scheme: "mysql+pymysql", query: "ssl_ca=/etc/freehold/ca.pem" }],
  [
    "mysql+mysqldb://u:p@db/n?charset=utf8mb4",
    { ...url, scheme: "mysql+mysqldb", query: "charset=utf8mb4&ssl_ca=/etc/freehold/ca.pem" },
  ],
  [
    "mysql+pymysql://u:p@db/n?ssl_disabled=true",
    { ...url, scheme: "mysql+pymysql", query: "ssl_disabled=true" },
  ],
  ["mysql://root:p@db", { ...url, role: "root", path: "/house" }],
  [
    "jdbc:mysql://db:3306/n?useUnicode=true",
    {
      kind: "url",
      resource: "db",
      scheme: "jdbc:mysql",
      role: "root",
      path: "/n",
      query: "useUnicode=true",
      open: true,
    },
  ],
  [
    "jdbc:mariadb://db",
    {
      kind: "url",
      resource: "db",
      scheme: "jdbc:mariadb",
      role: "root",
      path: "/house",
      query: "sslMode=verify-full&serverSslCert=/etc/freehold/ca.pem",
      open: true,
    },
  ],
];

for (const [value, binding] of urls) {
  test(`${value} is bound`, () => {
    const file = `
services:
  a: { image: x, environment: { V: "${value}" } }
  db: { image: "mariadb:10.11", environment: { MYSQL_DATABASE: house } }
`;
    assert.deepEqual(serviceOf(file).bindings["V"], binding);
  });
}

const dsns: readonly (readonly [value: string, onAws: string])[] = [
  ["u:p@tcp(db:3306)/n", "u:it's@b/d@tcp(h:3306)/n?tls=true"],
  ["u:a@b/c@tcp(db)/n?parseTime=true&loc=UTC", "u:it's@b/d@tcp(h:3306)/n?parseTime=true&loc=UTC&tls=true"],
  ["tcp(db:3306)/", "u:it's@b/d@tcp(h:3306)/house?tls=true"],
  ["mysql:host=db;dbname=n;charset=utf8mb4", "mysql:host=h;port=3306;dbname=n;charset=utf8mb4"],
  ["mysql:host=db;port=3307;dbname=n", "mysql:host=h;port=3306;dbname=n"],
];

for (const [value, onAws] of dsns) {
  test(`${value} becomes an address on AWS`, () => {
    const file = `
services:
  a: { image: x, environment: { V: "${value}" } }
  db: { image: "mariadb:11.4", environment: { MYSQL_USER: u, MYSQL_DATABASE: house } }
`;
    const binding = serviceOf(file).bindings["V"] ?? assert.fail("not bound");
    assert.equal(composeBindingValue(binding, { host: "h", port: 3306, password: "it's@b/d" }), onAws);
    assert.equal(databaseOf(file).databases[0]?.role, "u");
  });
}

test("WordPress's variables: host with port and password are bound, user and name mean the same on AWS", () => {
  const file = `
services:
  a:
    image: wordpress
    environment:
      WORDPRESS_DB_HOST: db:3306
      WORDPRESS_DB_USER: wp
      WORDPRESS_DB_PASSWORD: hush
      WORDPRESS_DB_NAME: blog
  db:
    image: mysql:8.4
    environment: { MYSQL_ROOT_PASSWORD: r00t, MYSQL_USER: wp, MYSQL_PASSWORD: hush, MYSQL_DATABASE: blog }
`;
  const { bindings, variables } = serviceOf(file);
  assert.deepEqual(bindings["WORDPRESS_DB_HOST"], {
    kind: "attribute",
    resource: "db",
    attribute: "address",
  });
  assert.deepEqual(bindings["WORDPRESS_DB_PASSWORD"], {
    kind: "attribute",
    resource: "db",
    attribute: "password",
    role: "wp",
  });
  const { WORDPRESS_DB_USER, WORDPRESS_DB_NAME, DB_USER, DB_NAME, PGSSLMODE } = variables;
  assert.deepEqual([WORDPRESS_DB_USER, WORDPRESS_DB_NAME, DB_USER, DB_NAME], ["wp", "blog", "wp", "blog"]);
  assert.equal(PGSSLMODE, undefined);
  assert.deepEqual(databaseOf(file).databases, [{ name: "blog", role: "wp" }]);
});

test("root's password means the role root, which may share a database with the application's own user", () => {
  const file = `
services:
  a: { image: x, environment: { DB_HOST: db, DB_PASSWORD: hush } }
  b: { image: x, environment: { DB_HOST: db, DB_PASSWORD: r00t } }
  db:
    image: mariadb:11.4
    environment: { MARIADB_ROOT_PASSWORD: r00t, MARIADB_USER: app, MARIADB_PASSWORD: hush, MARIADB_DATABASE: house }
`;
  assert.deepEqual(databaseOf(file).databases, [
    { name: "house", role: "app" },
    { name: "house", role: "root" },
  ]);
});

test("the database that a service names beside the host is the one it means", () => {
  const file = `
services:
  a: { image: x, environment: { DB_HOST: db, DB_DATABASE: shop, DB_USERNAME: root, DB_PASSWORD: r00t } }
  b: { image: x, environment: { STATS_HOST: "db:3306", STATS_NAME: stats, STATS_PASSWORD: r00t } }
  c: { image: x, environment: { DB_HOST: db, OTHER_NAME: none } }
  db: { image: "mysql:8.4", environment: { MYSQL_ROOT_PASSWORD: r00t, MYSQL_DATABASE: home } }
`;
  assert.deepEqual(
    databaseOf(file).databases.map(({ name }) => name),
    ["home", "shop", "stats"],
  );
  const b = environmentOf(file).services.find((one) => one.name === "b");
  assert.equal(b?.type === "worker" && b.variables["DB_NAME"], "stats");
});

test("where both roles have one password, the one that the service names is meant", () => {
  const role = (user: string): unknown => {
    const binding: Binding | undefined = serviceOf(`
services:
  a: { image: x, environment: { DB_HOST: db, DB_PASSWORD: same${user} } }
  db: { image: "mysql:8.4", environment: { MYSQL_ROOT_PASSWORD: same, MYSQL_USER: app, MYSQL_PASSWORD: same } }
`).bindings["DB_PASSWORD"];
    return binding?.kind === "attribute" ? binding.role : undefined;
  };
  assert.deepEqual([role(""), role(", DB_USER: root")], ["app", "root"]);
});

test("MariaDB's image reads its own variables before MySQL's; MySQL's does not know them", () => {
  const file = (image: string) => `
services:
  a: { image: x, environment: { DB_HOST: db } }
  db: { image: "${image}", environment: { MARIADB_DATABASE: one, MYSQL_DATABASE: two } }
`;
  assert.equal(databaseOf(file("mariadb:11.8")).databases[0]?.name, "one");
  assert.equal(databaseOf(file("mysql:8.4")).databases[0]?.name, "two");
});

const tls: readonly (readonly [what: string, environment: string, settings: string, forced: boolean])[] = [
  ["parts", "DB_HOST: db", "", false],
  ["a URL without a word of it", "V: 'mysql://u:p@db/n'", "", false],
  ["a URL that declines it", "V: 'mysql://u:p@db/n?ssl-mode=DISABLED'", "", false],
  ["a URL that would like it", "V: 'mysql://u:p@db/n?ssl-mode=PREFERRED'", "", false],
  ["a URL that asks for it", "V: 'mysql://u:p@db/n?ssl-mode=VERIFY_IDENTITY'", "", true],
  ["a URL whose driver is asked for it", "V: 'mysql+pymysql://u:p@db/n'", "", true],
  ["a JDBC URL whose driver is asked for it", "V: 'jdbc:mariadb://db/n'", "", true],
  ["a connection text", "V: 'Server=db;Uid=u;Pwd=p;Database=n'", "", true],
  ["Go's notation, whose driver is asked for it", "V: 'u:p@tcp(db:3306)/n'", "", true],
  ["Go's notation that declines it", "V: 'u:p@tcp(db:3306)/n?tls=false'", "", false],
  ["PHP's notation", "V: 'mysql:host=db;dbname=n'", "", false],
  ["two URLs of which one asks", "V: 'mysql+pymysql://u:p@db/n', W: 'mysql://u:p@db/n'", "", false],
  ["the file, over a silent URL", "V: 'mysql://u:p@db/n'", "tls: forced", true],
  ["the file, over a URL that asks", "V: 'mysql+pymysql://u:p@db/n'", "tls: offered", false],
];

for (const [what, environment, settings, forced] of tls) {
  test(`TLS is ${forced ? "forced" : "offered"}: ${what}`, () => {
    const file = `
services:
  a: { image: x, environment: { ${environment} } }
  db: { image: "mysql:8.4", x-freehold: { ${settings} } }
`;
    assert.equal(databaseOf(file).forcesTls, forced);
    const isTold = JSON.stringify(notesOf(file)).includes("does not force it");
    assert.equal(isTold, !forced && settings === "");
  });
}

test("PostgreSQL forces TLS unless the file says otherwise", () => {
  const file = (settings: string) =>
    `services: { db: { image: "postgres:17", x-freehold: { ${settings} } } }`;
  assert.deepEqual(
    [file(""), file("tls: offered")].map((one) => databaseOf(one).forcesTls),
    [true, false],
  );
});
