import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { DBInstance, DBInstanceMessage, DBSnapshotMessage } from "@aws-sdk/client-rds";
import { createRds } from "../src/rds/service.ts";
import type { OwnService } from "../src/service.ts";
import { caller } from "./testing/double-platform.ts";
import { eventually, openTestNetwork, type TestNetwork } from "./testing/test-network.ts";

let network: TestNetwork;
let rds: OwnService;

before(async () => {
  network = await openTestNetwork();
  rds = await createRds(network.platform);
  await caller(rds)("CreateDBSubnetGroup", {
    DBSubnetGroupName: "data",
    DBSubnetGroupDescription: "data",
    SubnetIds: ["subnet-1", "subnet-2"],
  });
});
after(async () => {
  await rds?.stop?.();
  await network?.close();
});

const describe = async (id: string): Promise<DBInstance | undefined> => {
  const answer = await caller(rds)<DBInstanceMessage>("DescribeDBInstances", { DBInstanceIdentifier: id });
  return answer.DBInstances?.[0];
};
const reaches = async (id: string, status: string): Promise<DBInstance> => {
  const instance = await eventually(
    () => describe(id),
    (one) => [status, "failed"].includes(one?.DBInstanceStatus ?? ""),
  );
  assert.equal(instance?.DBInstanceStatus, status);
  return instance;
};

/** One query through TLS, with the server's name and certificate verified unless told otherwise. */
function query(instance: DBInstance, password: string, sql: string, tls = "verify-full"): Promise<string> {
  const dsn = `host=${instance.Endpoint?.Address} port=${instance.Endpoint?.Port} user=shop dbname=app sslmode=${tls} sslrootcert=/ca.pem`;
  return network.client("postgres:17", ["psql", dsn, "-AtX", "-c", sql], { PGPASSWORD: password });
}

test("a database is made, reached through TLS, given another password, stopped, saved and restored", async () => {
  const call = caller(rds);
  await call("CreateDBInstance", {
    DBInstanceIdentifier: "orders",
    DBInstanceClass: "db.t4g.micro",
    Engine: "postgres",
    EngineVersion: "17",
    AllocatedStorage: 20,
    MasterUsername: "shop",
    MasterUserPassword: "first-password'1",
    DBName: "app",
    DBSubnetGroupName: "data",
  });
  assert.equal((await describe("orders"))?.DBInstanceStatus, "creating");
  const instance = await reaches("orders", "available");
  assert.match(instance.EngineVersion ?? "", /^17\.\d+$/);
  await query(instance, "first-password'1", "CREATE TABLE carts (id int); INSERT INTO carts VALUES (7)");
  assert.equal(
    await query(instance, "first-password'1", "SELECT usesuper FROM pg_user WHERE usename = current_user"),
    "f\n",
  );
  await assert.rejects(query(instance, "first-password'1", "SELECT 1", "disable"), /no encryption/);

  await call("ModifyDBInstance", { DBInstanceIdentifier: "orders", MasterUserPassword: "second-password" });
  await reaches("orders", "available");
  await assert.rejects(query(instance, "first-password'1", "SELECT 1"), /password authentication failed/);
  assert.equal(await query(instance, "second-password", "SELECT id FROM carts"), "7\n");

  await call("StopDBInstance", { DBInstanceIdentifier: "orders" });
  await reaches("orders", "stopped");
  await call("StartDBInstance", { DBInstanceIdentifier: "orders" });
  await reaches("orders", "available");
  assert.equal(await query(instance, "second-password", "SELECT id FROM carts"), "7\n");

  await call("DeleteDBInstance", { DBInstanceIdentifier: "orders", FinalDBSnapshotIdentifier: "last" });
  await eventually(
    () => describe("orders").catch(() => undefined),
    (one) => one === undefined,
  );
  const { DBSnapshots } = await call<DBSnapshotMessage>("DescribeDBSnapshots", {
    DBSnapshotIdentifier: "last",
  });
  assert.equal(DBSnapshots?.[0]?.Status, "available");
  await call("RestoreDBInstanceFromDBSnapshot", {
    DBInstanceIdentifier: "again",
    DBSnapshotIdentifier: "last",
  });
  const again = await reaches("again", "available");
  assert.equal(await query(again, "second-password", "SELECT id FROM carts"), "7\n");
});

test("a parameter group without forced TLS lets plain connections in, at once", async () => {
  const call = caller(rds);
  await call("CreateDBParameterGroup", {
    DBParameterGroupName: "open",
    DBParameterGroupFamily: "postgres17",
    Description: "open",
  });
  await call("ModifyDBInstance", { DBInstanceIdentifier: "again", DBParameterGroupName: "open" });
  const instance = await reaches("again", "available");
  await assert.rejects(query(instance, "second-password", "SELECT 1", "disable"), /no encryption/);
  const parameter = (ParameterName: string, ParameterValue: string) => ({
    ParameterName,
    ParameterValue,
    ApplyMethod: "immediate",
  });
  await call("ModifyDBParameterGroup", {
    DBParameterGroupName: "open",
    Parameters: [parameter("rds.force_ssl", "0"), parameter("log_min_duration_statement", "250")],
  });
  const answer = await eventually(
    () => query(instance, "second-password", "SHOW log_min_duration_statement", "disable").catch(String),
    (text) => text === "250ms\n",
  );
  assert.equal(answer, "250ms\n");
});
