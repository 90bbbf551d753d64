import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { CreateDBInstanceResult, DBInstanceMessage, DBParameterGroupDetails } from "@aws-sdk/client-rds";
import { caller, doublePlatform } from "../../test/testing/double-platform.ts";
import { twoSubnets } from "../../test/testing/test-network.ts";
import { type OwnService, ServiceError } from "../service.ts";
import type { Databases } from "./databases.ts";
import { createRds } from "./service.ts";

/** Servers that only say what they were asked. */
function databases(said: string[], refuse: { start: boolean } = { start: false }): Databases {
  return {
    findImage: async () => {},
    start: async ({ id }) => {
      said.push(`start ${id}`);
      if (refuse.start) throw new RangeError("no room");
      return "17.6";
    },
    setMaster: async ({ id }, verifier) => void said.push(`master ${id} ${verifier.slice(0, 19)}`),
    reload: async ({ id }, group) => void said.push(`reload ${id} ${Object.keys(group.values)}`),
    stop: async ({ id }) => void said.push(`stop ${id}`),
    remove: async ({ id }) => void said.push(`remove ${id}`),
    save: async ({ id }) => void said.push(`save ${id}`),
    restore: async (_snapshot, { id }) => void said.push(`restore ${id}`),
    forget: async () => void said.push("forget"),
  };
}

let said: string[];
let stores: Map<string, unknown>;
let rds: OwnService;

const open = async (servers: Databases) =>
  createRds(await doublePlatform({ aws: { ec2: twoSubnets() }, stores }), servers);
const request = {
  DBInstanceIdentifier: "orders",
  DBInstanceClass: "db.t4g.micro",
  Engine: "postgres",
  EngineVersion: "17",
  MasterUsername: "shop",
  MasterUserPassword: "a-password",
  DBSubnetGroupName: "data",
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
const status = async () => {
  const { DBInstances } = await caller(rds)<DBInstanceMessage>("DescribeDBInstances");
  return DBInstances?.map((one) => `${one.DBInstanceIdentifier} ${one.DBInstanceStatus}`);
};

beforeEach(async () => {
  said = [];
  stores = new Map();
  rds = await open(databases(said));
  await caller(rds)("CreateDBSubnetGroup", {
    DBSubnetGroupName: "data",
    SubnetIds: ["subnet-1", "subnet-2"],
  });
});

test("an instance is available once its server answers; no password is kept", async () => {
  await caller(rds)("CreateDBInstance", request);
  await settle();
  assert.deepEqual(said, ["start orders", "master orders SCRAM-SHA-256$4096:"]);
  const { DBInstances } = await caller(rds)<DBInstanceMessage>("DescribeDBInstances");
  assert.equal(DBInstances?.[0]?.EngineVersion, "17.6");
  assert.match(
    DBInstances?.[0]?.Endpoint?.Address ?? "",
    /^orders\.[a-z0-9]{12}\.eu-central-1\.rds\.amazonaws\.com$/,
  );
  assert.doesNotMatch(JSON.stringify([...stores]), /a-password|SCRAM/);
});

test("each instance has a resource id of its own, by which it is found", async () => {
  const call = caller(rds);
  await call("CreateDBInstance", request);
  await call("CreateDBInstance", { ...request, DBInstanceIdentifier: "carts" });
  const all = await call<DBInstanceMessage>("DescribeDBInstances");
  const ids = all.DBInstances?.map((one) => one.DbiResourceId ?? "") ?? [];
  assert.equal(new Set(ids).size, 2);
  const Filters = [{ Name: "dbi-resource-id", Values: [ids[1] ?? ""] }];
  const found = await call<DBInstanceMessage>("DescribeDBInstances", { Filters });
  assert.deepEqual(
    found.DBInstances?.map((one) => one.DBInstanceIdentifier),
    ["carts"],
  );
});

test("a server that does not start is a failed instance", async () => {
  rds = await open(databases(said, { start: true }));
  await caller(rds)("CreateDBInstance", request);
  await settle();
  assert.deepEqual(await status(), ["orders failed"]);
});

test("a password that waited for its server is set after a restart", async () => {
  const refusal = { start: true };
  rds = await open({ ...databases(said, refusal), start: () => new Promise(() => {}) });
  await caller(rds)("CreateDBInstance", request);
  rds = await open(databases(said));
  await rds.start?.();
  await settle();
  assert.deepEqual(said, ["start orders", "master orders SCRAM-SHA-256$4096:"]);
  assert.deepEqual(await status(), ["orders available"]);
});

test("a stopped instance stays stopped over a restart, a running one comes back", async () => {
  await caller(rds)("CreateDBInstance", request);
  await caller(rds)("CreateDBInstance", { ...request, DBInstanceIdentifier: "carts" });
  await settle();
  await caller(rds)("StopDBInstance", { DBInstanceIdentifier: "carts" });
  await settle();
  await rds.stop?.();
  said.length = 0;
  rds = await open(databases(said));
  await rds.start?.();
  await settle();
  assert.deepEqual(said, ["start orders"]);
  assert.deepEqual(await status(), ["orders available", "carts stopped"]);
});

test("deletion is refused while protected or without a word on the final snapshot", async () => {
  const call = caller(rds);
  await call("CreateDBInstance", { ...request, DeletionProtection: true });
  await settle();
  const DBInstanceIdentifier = "orders";
  await assert.rejects(
    call("DeleteDBInstance", { DBInstanceIdentifier, SkipFinalSnapshot: true }),
    /disable deletion protection/,
  );
  await call("ModifyDBInstance", { DBInstanceIdentifier, DeletionProtection: false });
  await settle();
  await assert.rejects(call("DeleteDBInstance", { DBInstanceIdentifier }), {
    code: "InvalidParameterCombination",
  });
  said.length = 0;
  await call("DeleteDBInstance", { DBInstanceIdentifier, FinalDBSnapshotIdentifier: "last" });
  await settle();
  assert.deepEqual(said, ["save orders", "remove orders"]);
  assert.deepEqual(await status(), []);
});

test("parameters: set, read back by source, reset; unknown ones and static ones at once are refused", async () => {
  const call = caller(rds);
  const DBParameterGroupName = "own";
  await call("CreateDBParameterGroup", {
    DBParameterGroupName,
    DBParameterGroupFamily: "postgres17",
    Description: "own",
  });
  await call("CreateDBInstance", { ...request, DBParameterGroupName });
  await settle();
  const set = (ParameterName: string, ApplyMethod: string) =>
    call("ModifyDBParameterGroup", {
      DBParameterGroupName,
      Parameters: [{ ParameterName, ParameterValue: "1", ApplyMethod }],
    });
  await set("rds.force_ssl", "immediate");
  await settle();
  assert.equal(said.at(-1), "reload orders rds.force_ssl");
  await assert.rejects(set("no_such_thing", "immediate"), { code: "InvalidParameterValue" });
  await assert.rejects(set("shared_buffers", "immediate"), { code: "InvalidParameterValue" });
  const read = async (Source?: string) => {
    const answer = await call<DBParameterGroupDetails>("DescribeDBParameters", {
      DBParameterGroupName,
      Source,
    });
    return answer.Parameters?.filter((one) => one.Source !== "engine-default").map((one) => [
      one.ParameterName,
      one.ParameterValue,
      one.Source,
    ]);
  };
  assert.deepEqual(await read("user"), [["rds.force_ssl", "1", "user"]]);
  await assert.rejects(call("DeleteDBParameterGroup", { DBParameterGroupName }), {
    code: "InvalidDBParameterGroupState",
  });
  await call("ResetDBParameterGroup", { DBParameterGroupName, ResetAllParameters: true });
  assert.deepEqual(await read("user"), []);
  assert.deepEqual(await read(), [["rds.force_ssl", "1", "system"]]);
});

test("without a version, or with an empty one, an instance is of the usual", async () => {
  for (const EngineVersion of [undefined, ""]) {
    const made = await caller(rds)<CreateDBInstanceResult>("CreateDBInstance", {
      ...request,
      DBInstanceIdentifier: `usual${EngineVersion?.length ?? ""}`,
      EngineVersion,
    });
    assert.match(made.DBInstance?.EngineVersion ?? "", /^17\./);
  }
});

test("MySQL and MariaDB are kept by the hash of their password, and answered as RDS does", async () => {
  for (const [Engine, EngineVersion, full, family] of [
    ["mariadb", "10.11", "17.6", "mariadb10.11"],
    ["mysql", "8.4.3", "8.4.3", "mysql8.4"],
  ] as const) {
    const id = { DBInstanceIdentifier: Engine };
    await caller(rds)("CreateDBInstance", { ...request, ...id, Engine, EngineVersion });
    await settle();
    // *SHA1(SHA1("a-password"))
    assert.ok(said.includes(`master ${Engine} *66C865E128889409C4`), said.join("\n"));
    const { DBInstances } = await caller(rds)<DBInstanceMessage>("DescribeDBInstances", id);
    const [made] = DBInstances ?? [];
    assert.deepEqual([made?.Engine, made?.EngineVersion, made?.Endpoint?.Port], [Engine, full, 3306]);
    assert.equal(made?.LicenseModel, "general-public-license");
    assert.equal(made?.DBParameterGroups?.[0]?.DBParameterGroupName, `default.${family}`);
  }
  const { DBInstances } = await caller(rds)<DBInstanceMessage>("DescribeDBInstances", {
    Filters: [{ Name: "engine", Values: ["mysql"] }],
  });
  assert.deepEqual(
    DBInstances?.map((one) => one.OptionGroupMemberships?.[0]?.OptionGroupName),
    ["default:mysql-8-4"],
  );
});

test("TLS is forced by default in MariaDB 11.8, and in no MySQL", async () => {
  const call = caller(rds);
  for (const [family, value] of [
    ["mariadb11.8", "1"],
    ["mariadb11.4", "0"],
    ["mysql8.4", "0"],
  ]) {
    const name = { DBParameterGroupName: `default.${family}` };
    const { Parameters } = await call<DBParameterGroupDetails>("DescribeDBParameters", name);
    const found = Parameters?.find((one) => one.ParameterName === "require_secure_transport");
    assert.deepEqual([found?.ParameterValue, found?.Source], [value, "system"], family);
  }
});

test("an engine whose image cannot be had is refused with the way to get it", async () => {
  const missing = async () => {
    throw new ServiceError("InsufficientDBInstanceCapacity", "The image mysql:8.4 is not on this machine");
  };
  rds = await open({ ...databases(said), findImage: missing });
  const mysql = { ...request, Engine: "mysql", EngineVersion: "8.4" };
  await assert.rejects(caller(rds)("CreateDBInstance", mysql), /mysql:8.4 is not on this machine/);
  assert.deepEqual(await status(), []);
});

test("a subnet that is not there is an invalid one, for a new group and for one that is changed", async () => {
  const group = {
    DBSubnetGroupName: "other",
    DBSubnetGroupDescription: "",
    SubnetIds: ["subnet-1", "subnet-9"],
  };
  const error = { code: "InvalidSubnet", status: 400 };
  await assert.rejects(caller(rds)("CreateDBSubnetGroup", group), error);
  await assert.rejects(caller(rds)("ModifyDBSubnetGroup", { ...group, DBSubnetGroupName: "data" }), error);
});

test("what cannot be run here is refused by name", async () => {
  const refusals: readonly [object, object][] = [
    [{ Engine: "oracle-ee" }, { code: "InvalidParameterValue" }],
    [{ Engine: "mysql", EngineVersion: "5.7" }, { code: "InvalidParameterCombination" }],
    [
      { Engine: "mysql", EngineVersion: "8.4", MasterUserPassword: "x".repeat(42) },
      { code: "InvalidParameterValue" },
    ],
    [{ EngineVersion: "9.6" }, { code: "InvalidParameterCombination" }],
    [{ MasterUserPassword: "with space" }, { code: "InvalidParameterValue" }],
    [{ MasterUsername: "rdsadmin" }, { code: "InvalidParameterValue" }],
    [{ ManageMasterUserPassword: true }, { status: 501 }],
    [{ DBSubnetGroupName: "none" }, { code: "DBSubnetGroupNotFoundFault" }],
    [{ DBParameterGroupName: "default.postgres16" }, { code: "InvalidParameterCombination" }],
  ];
  for (const [change, error] of refusals) {
    await assert.rejects(
      caller(rds)("CreateDBInstance", { ...request, ...change }),
      error,
      JSON.stringify(change),
    );
  }
});
