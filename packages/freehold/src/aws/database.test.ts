import assert from "node:assert/strict";
import { test } from "node:test";
import type { Database } from "../app/application.ts";
import { UserError } from "../errors.ts";
import { renderStack } from "../terraform/render.ts";
import { look, rootOf } from "./testing/look.ts";
import { environmentFacts, shopEnvironment, shopEnvironmentStack } from "./testing/shop.ts";
import { preview, production, withResource } from "./testing/vary.ts";

function instance(environment = shopEnvironment, facts = environmentFacts) {
  return look(shopEnvironmentStack(environment, facts), "aws_db_instance.db");
}

test("the password is read from the stored secret, never from the random value", () => {
  const { password_wo } = instance();
  assert.equal(
    password_wo,
    "${jsondecode(ephemeral.aws_secretsmanager_secret_version.db.secret_string).password}",
  );
});

test("name and master user are the same for everybody", () => {
  assert.equal(instance().db_name, "app");
  assert.equal(instance().username, "freehold");
  const own = withResource<Database>("db", { databases: [{ name: "freehold", role: "freehold" }] });
  assert.throws(() => shopEnvironmentStack(own), UserError);
});

test("what the file does not name may change in the console; what it names may not", () => {
  const always = ["backup_window", "iops", "storage_throughput", "storage_type"];
  const ignored = (named: Database["named"]) =>
    instance(withResource<Database>("db", named === undefined ? {} : { named })).lifecycle.ignore_changes;
  assert.deepEqual(ignored(["size", "storage", "maxStorage", "multiZone", "backupDays"]), always);
  assert.deepEqual(
    ignored(["size"]),
    [...always, "allocated_storage", "backup_retention_period", "max_allocated_storage", "multi_az"].sort(),
  );
});

test("outside previews a database is guarded and leaves a snapshot, also when destroyed", () => {
  const guarded = instance(production);
  assert.equal(guarded.deletion_protection, true);
  assert.equal(guarded.skip_final_snapshot, false);
  const opened = instance(production, {
    ...environmentFacts,
    protectData: false,
    snapshotSuffix: "20260101",
  });
  assert.equal(opened.deletion_protection, false);
  assert.equal(opened.skip_final_snapshot, false);
  assert.match(opened.final_snapshot_identifier, /20260101/);
  assert.notEqual(opened.final_snapshot_identifier, guarded.final_snapshot_identifier);
  assert.equal(instance(preview).skip_final_snapshot, true);
  assert.equal(instance(preview).deletion_protection, false);
});

test("TLS is forced by a group that carries its major version, made before the old one goes", () => {
  const group = (version: string) =>
    look(shopEnvironmentStack(withResource<Database>("db", { version })), "aws_db_parameter_group.db");
  assert.deepEqual(group("17").parameter, [{ name: "rds.force_ssl", value: "1" }]);
  assert.equal(group("17").family, "postgres17");
  assert.notEqual(group("17").name, group("16").name);
  assert.equal(group("17").lifecycle.create_before_destroy, true);
});

test("each role has a secret of its own, and the task a variable for each", () => {
  const databases = [
    { name: "shop", role: "shop" },
    { name: "stats", role: "reader-1" },
    { name: "archive", role: "shop" },
  ];
  const outputs = rootOf(shopEnvironmentStack(withResource<Database>("db", { databases }))).output.freehold
    .value.databases.db;
  assert.deepEqual(Object.keys(outputs.role_secret_arns), ["reader-1", "shop"]);
  const [container] = outputs.task.containerDefinitions;
  assert.deepEqual(container.command, [
    "shop",
    "shop",
    "ROLE_PASSWORD_1",
    "reader-1",
    "stats",
    "ROLE_PASSWORD_2",
    "shop",
    "archive",
    "ROLE_PASSWORD_1",
  ]);
  assert.deepEqual(
    container.secrets.map((one: { name: string }) => one.name),
    ["PGPASSWORD", "ROLE_PASSWORD_1", "ROLE_PASSWORD_2"],
  );
});

test("the stored secret is not read before it has a value", () => {
  const root = JSON.parse(renderStack(shopEnvironmentStack()));
  assert.equal(
    root.ephemeral.aws_secretsmanager_secret_version.db.secret_id,
    "${aws_secretsmanager_secret_version.db.arn}",
  );
});

const mariadb = { engine: "mariadb", version: "10.11", image: "mariadb:10.11" } as const;

test("MySQL and MariaDB have their own port, family and parameter for TLS", () => {
  for (const [engine, version, forcesTls] of [
    ["mariadb", "10.11", true],
    ["mysql", "8.4", false],
  ] as const) {
    const stack = shopEnvironmentStack(withResource<Database>("db", { engine, version, forcesTls }));
    const made = look(stack, "aws_db_instance.db");
    assert.deepEqual([made.engine, made.engine_version, made.port], [engine, version, 3306]);
    const group = look(stack, "aws_db_parameter_group.db");
    assert.equal(group.family, `${engine}${version}`);
    assert.deepEqual(group.parameter[0], { name: "require_secure_transport", value: forcesTls ? "1" : "0" });
    const rules = Object.values(rootOf(stack).resource["aws_vpc_security_group_ingress_rule"] ?? {}).filter(
      (rule) => JSON.stringify(rule).includes("aws_security_group.db."),
    );
    assert.ok(rules.length > 1);
    assert.deepEqual(
      new Set(rules.map((rule) => (rule as { from_port: number }).from_port)),
      new Set([3306]),
    );
  }
});

test("PostgreSQL that offers TLS says so, for its default is to force it", () => {
  const stack = shopEnvironmentStack(withResource<Database>("db", { forcesTls: false }));
  const group = look(stack, "aws_db_parameter_group.db");
  assert.deepEqual(group.parameter, [{ name: "rds.force_ssl", value: "0" }]);
});

test("Database Insights is left out where engine and class do not have it", () => {
  const isOn = (change: Partial<Database>) =>
    instance(withResource<Database>("db", change)).performance_insights_enabled;
  assert.equal(isOn({}), true);
  assert.equal(isOn(mariadb), undefined);
  assert.equal(isOn({ ...mariadb, size: "db.t4g.small" }), undefined);
  assert.equal(isOn({ ...mariadb, size: "db.t4g.medium" }), true);
});

test("the task speaks to MariaDB with its own client's variables, the password among the secrets alone", () => {
  const { task } = rootOf(shopEnvironmentStack(withResource<Database>("db", mariadb))).output.freehold.value
    .databases.db;
  const [container] = task.containerDefinitions;
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
  assert.deepEqual(names(container.environment), ["DATABASE_USER", "MYSQL_HOST", "MYSQL_TCP_PORT"]);
  assert.deepEqual(names(container.secrets), ["MYSQL_PWD", "ROLE_PASSWORD_1"]);
  assert.match(container.entryPoint[2], /mariadb --no-defaults/);
});

test("logs are exported into groups that are made first and forget", () => {
  const exported: readonly (readonly [Database["engine"], string, readonly string[]])[] = [
    ["postgres", "17", ["postgresql", "upgrade"]],
    ["mysql", "8.4", ["error", "slowquery"]],
    ["mariadb", "11.8", ["error", "slowquery"]],
  ];
  for (const [engine, version, logs] of exported) {
    const stack = shopEnvironmentStack(withResource<Database>("db", { engine, version }, production));
    const main = look(stack, "aws_db_instance.db");
    assert.deepEqual(main.enabled_cloudwatch_logs_exports, logs);
    const groups = Object.entries(rootOf(stack).resource["aws_cloudwatch_log_group"] ?? {}).filter(
      ([, group]) => group.name.startsWith("/aws/rds/"),
    );
    assert.deepEqual(
      groups.map(([, group]) => [group.name, group.retention_in_days]),
      logs.map((log) => [`/aws/rds/instance/${main.identifier}/${log}`, 90]),
    );
    assert.deepEqual(
      main.depends_on,
      groups.map(([name]) => `aws_cloudwatch_log_group.${name}`),
    );
  }
});

test("the slow query log of MySQL and MariaDB goes to the file that RDS exports", () => {
  const stack = shopEnvironmentStack(withResource<Database>("db", { engine: "mysql", version: "8.4" }));
  const { parameter } = look(stack, "aws_db_parameter_group.db");
  assert.deepEqual(parameter.slice(1), [
    { name: "log_output", value: "FILE" },
    { name: "slow_query_log", value: "1" },
  ]);
});
