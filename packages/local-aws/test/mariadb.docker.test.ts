import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { DBInstance, DBInstanceMessage } from "@aws-sdk/client-rds";
import { createRds } from "../src/rds/service.ts";
import type { OwnService } from "../src/service.ts";
import { caller } from "./testing/double-platform.ts";
import { eventually, openTestNetwork, type TestNetwork } from "./testing/test-network.ts";

let network: TestNetwork;
let rds: OwnService;

before(async () => {
  network = await openTestNetwork();
  rds = await createRds(network.platform);
  const call = caller(rds);
  await call("CreateDBSubnetGroup", {
    DBSubnetGroupName: "data",
    DBSubnetGroupDescription: "data",
    SubnetIds: ["subnet-1", "subnet-2"],
  });
  await call("CreateDBParameterGroup", {
    DBParameterGroupName: "strict",
    DBParameterGroupFamily: "mariadb11.8",
    Description: "strict",
  });
  await set("require_secure_transport", "1");
});
after(async () => {
  await rds?.stop?.();
  await network?.close();
});

const set = (ParameterName: string, ParameterValue: string) =>
  caller(rds)("ModifyDBParameterGroup", {
    DBParameterGroupName: "strict",
    Parameters: [{ ParameterName, ParameterValue, ApplyMethod: "immediate" }],
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

/** One statement, through TLS with the server's name and certificate verified unless told otherwise. */
const verified = ["--ssl-ca=/ca.pem", "--ssl-verify-server-cert"];
function query(instance: DBInstance, password: string, sql: string, tls = verified): Promise<string> {
  const { Address, Port } = instance.Endpoint ?? {};
  const server = [`--host=${Address}`, `--port=${Port}`, "--user=shop", "--database=app"];
  const form = ["--batch", "--skip-column-names", "--execute", sql];
  const argv = ["mariadb", "--no-defaults", ...server, ...tls, ...form];
  return network.client("mariadb:11.8", argv, { MYSQL_PWD: password });
}
const cipher =
  "SELECT variable_value <> '' FROM information_schema.session_status WHERE variable_name = 'ssl_cipher'";

test("MariaDB is made, reached through TLS, given another password, stopped, saved and restored", async () => {
  const call = caller(rds);
  await call("CreateDBInstance", {
    DBInstanceIdentifier: "orders",
    DBInstanceClass: "db.t4g.micro",
    Engine: "mariadb",
    EngineVersion: "11.8",
    AllocatedStorage: 20,
    MasterUsername: "shop",
    MasterUserPassword: "first-password'1",
    DBName: "app",
    DBSubnetGroupName: "data",
    DBParameterGroupName: "strict",
  });
  const instance = await reaches("orders", "available");
  assert.match(instance.EngineVersion ?? "", /^11\.8\.\d+$/);
  assert.equal(instance.Endpoint?.Port, 3306);
  assert.equal(await query(instance, "first-password'1", cipher), "1\n");
  await query(instance, "first-password'1", "CREATE TABLE carts (id int); INSERT INTO carts VALUES (7)");
  await assert.rejects(query(instance, "first-password'1", "SELECT 1", ["--skip-ssl"]), /insecure transport/);
  await assert.rejects(query(instance, "first-password'1", "SET GLOBAL general_log = 1"), /SUPER/);

  await call("ModifyDBInstance", { DBInstanceIdentifier: "orders", MasterUserPassword: "second-password" });
  await reaches("orders", "available");
  await assert.rejects(query(instance, "first-password'1", "SELECT 1"), /Access denied/);
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
  await call("RestoreDBInstanceFromDBSnapshot", {
    DBInstanceIdentifier: "again",
    DBSnapshotIdentifier: "last",
    DBParameterGroupName: "strict",
  });
  const again = await reaches("again", "available");
  assert.equal(await query(again, "second-password", "SELECT id FROM carts"), "7\n");
});

test("what a parameter group changes while it runs is taken up at once", async () => {
  const instance = await reaches("again", "available");
  await set("require_secure_transport", "0");
  await set("long_query_time", "3");
  const answer = await eventually(
    () => query(instance, "second-password", "SELECT @@global.long_query_time", ["--skip-ssl"]).catch(String),
    (text) => text === "3.000000\n",
  );
  assert.equal(answer, "3.000000\n");
});
