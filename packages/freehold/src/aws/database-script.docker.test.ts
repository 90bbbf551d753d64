import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { databaseScripts } from "./database-script.ts";
import { docker, environment, untilReady } from "./testing/docker.ts";

const awkward = { role: `o'brien "x"`, database: "shop $1;--", password: `it's\\a"$(false)` };
let container = "";

/** A server whose master user may make roles and databases and is no superuser, as RDS's is not. */
before(async () => {
  const password = ["--env", "POSTGRES_PASSWORD=postgres"];
  container = docker("run", "--detach", "--rm", ...password, "postgres:17").trim();
  // The image starts a first server without TCP to prepare itself; the second one is ours.
  await untilReady(container, "pg_isready", "--host=127.0.0.1", "--quiet");
  asSuperuser("CREATE ROLE freehold LOGIN PASSWORD 'master' CREATEROLE CREATEDB");
  asSuperuser("CREATE DATABASE app OWNER freehold");
});
after(() => docker("rm", "--force", container));

test("roles own their databases, whatever their names and passwords hold, and nobody else gets in", () => {
  for (const password of [awkward.password, "another"]) {
    runScript(password);
    const found = connect(
      awkward.role,
      password,
      awkward.database,
      "CREATE TABLE IF NOT EXISTS t (x int); SELECT current_user",
    );
    assert.equal(found.trim(), awkward.role);
  }
  asSuperuser("CREATE ROLE stranger LOGIN PASSWORD 'stranger'");
  assert.throws(() => connect("stranger", "stranger", awkward.database, "SELECT 1"), /permission denied/);
});

test("a failing statement fails the task", () => {
  assert.throws(() => runScript("x", "no_such_master"), /no_such_master/);
});

function runScript(password: string, user = "freehold"): string {
  const variables = {
    PGHOST: "127.0.0.1",
    PGUSER: user,
    PGPASSWORD: "master",
    PGDATABASE: "app",
    ROLE_PASSWORD_1: password,
  };
  const command = [
    "sh",
    "-c",
    databaseScripts.postgres,
    "databases",
    awkward.role,
    awkward.database,
    "ROLE_PASSWORD_1",
  ];
  return docker("exec", ...environment(variables), container, ...command);
}

function connect(user: string, password: string, database: string, sql: string): string {
  const variables = { PGHOST: "127.0.0.1", PGUSER: user, PGPASSWORD: password, PGDATABASE: database };
  return docker("exec", ...environment(variables), container, "psql", "-qtAXc", sql);
}

function asSuperuser(sql: string): string {
  return docker("exec", container, "psql", "--username=postgres", "-qtAXc", sql);
}
