import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { databaseScripts } from "./database-script.ts";
import { docker, environment, untilReady } from "./testing/docker.ts";

const awkward = { role: "o'brien \"`x`", database: "shop_1 `$2`;--%", password: "it's\\a\"$(false)`é" };
/** What RDS's master user may do: no SUPER, and no privilege that MariaDB alone has. */
const mastersOwn =
  "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, REPLICATION SLAVE, REPLICATION CLIENT, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER";

let server = "";

before(async () => {
  server = docker(
    "run",
    "--detach",
    "--rm",
    "--env=MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1",
    "mariadb:11.8",
  ).trim();
  await untilReady(server, "healthcheck.sh", "--connect");
  asRoot("CREATE USER freehold@'%' IDENTIFIED BY 'master'");
  asRoot(`GRANT ${mastersOwn} ON *.* TO freehold@'%' WITH GRANT OPTION`);
});
after(() => docker("rm", "--force", "--volumes", server));

// Its clients differ: from 11.4 on they speak TLS by themselves, and verify the server.
for (const image of ["mariadb:10.11", "mariadb:11.8"]) {
  test(`${image}: roles may do all in their databases, whatever names and passwords hold, and in no other`, () => {
    const { role, database } = awkward;
    for (const password of [awkward.password, "another"]) {
      runScript(image, password);
      const sql = "CREATE TABLE IF NOT EXISTS t (x text); SELECT CURRENT_USER(), @@character_set_database";
      assert.equal(connect({ role, password, database }, sql), `${role}@%\tutf8mb4\n`);
    }
    asRoot("CREATE DATABASE IF NOT EXISTS `shopX1 ``$2``;--%`");
    const alike = { role, password: "another", database: "shopX1 `$2`;--%" };
    assert.throws(() => connect(alike, "SELECT 1"), /Access denied/);
  });

  test(`${image}: a failing statement, and a password that is not there, fail the task`, () => {
    assert.throws(() => runScript(image, "x", "no_such_master"), /Access denied/);
    assert.throws(() => runScript(image, undefined));
  });
}

function runScript(image: string, password: string | undefined, user = "freehold"): string {
  const variables = {
    MYSQL_HOST: "127.0.0.1",
    MYSQL_TCP_PORT: "3306",
    DATABASE_USER: user,
    MYSQL_PWD: "master",
    ...(password === undefined ? {} : { ROLE_PASSWORD_1: password }),
  };
  const options = [
    "--rm",
    "--network",
    `container:${server}`,
    "--entrypoint",
    "sh",
    ...environment(variables),
  ];
  const script = ["-c", databaseScripts.mariadb, "databases"];
  return docker("run", ...options, image, ...script, awkward.role, awkward.database, "ROLE_PASSWORD_1");
}

interface Login {
  readonly role: string;
  readonly password: string;
  readonly database: string;
}

function connect({ role, password, database }: Login, sql: string): string {
  const form = ["--skip-ssl", "--batch", "--skip-column-names", "--raw", "--execute", sql];
  const client = ["mariadb", "--no-defaults", "--host=127.0.0.1", `--user=${role}`, `--database=${database}`];
  return docker("exec", ...environment({ MYSQL_PWD: password }), server, ...client, ...form);
}

function asRoot(sql: string): string {
  return docker("exec", server, "mariadb", "--user=root", "--batch", "--skip-column-names", "--execute", sql);
}
