import { it } from "./compare.ts";
import { answers, type Row, refuses } from "./row.ts";

const rds = (operation: string, input: object, expected: Row["expected"]): Row => ({
  service: "rds",
  operation,
  input,
  expected,
});
const cache = (operation: string, input: object, expected: Row["expected"]): Row => ({
  service: "elasticache",
  operation,
  input,
  expected,
});

const DBParameterGroupName = it;
const DBSubnetGroupName = it;
const database = {
  DBInstanceIdentifier: it,
  DBInstanceClass: "db.t4g.micro",
  Engine: "postgres",
  MasterUsername: "shop",
  MasterUserPassword: "a-password-for-the-test",
  AllocatedStorage: 20,
};

/** RDS without a server: that is in `rds.docker.test.ts`. */
export const rdsRows: readonly Row[] = [
  rds(
    "CreateDBParameterGroup",
    {
      DBParameterGroupName,
      DBParameterGroupFamily: "postgres17",
      Description: "for the test",
    },
    answers({ DBParameterGroup: { DBParameterGroupName: it, DBParameterGroupFamily: "postgres17" } }),
  ),
  rds(
    "CreateDBParameterGroup",
    {
      DBParameterGroupName,
      DBParameterGroupFamily: "postgres17",
      Description: "again",
    },
    refuses("DBParameterGroupAlreadyExists", /already exists/, "DBParameterGroupAlreadyExistsFault"),
  ),
  rds(
    "ModifyDBParameterGroup",
    {
      DBParameterGroupName,
      Parameters: [{ ParameterName: "work_mem", ParameterValue: "8192", ApplyMethod: "immediate" }],
    },
    answers({ DBParameterGroupName: it }),
  ),
  rds(
    "DescribeDBParameters",
    { DBParameterGroupName, Source: "user" },
    answers({
      Parameters: [{ ParameterName: "work_mem", ParameterValue: "8192", Source: "user" }],
    }),
  ),
  rds(
    "ResetDBParameterGroup",
    { DBParameterGroupName, ResetAllParameters: true },
    answers({
      DBParameterGroupName: it,
    }),
  ),
  rds(
    "DescribeDBParameterGroups",
    { DBParameterGroupName: "none" },
    refuses("DBParameterGroupNotFound", /not found/, "DBParameterGroupNotFoundFault"),
  ),
  rds("DescribeDBSubnetGroups", { DBSubnetGroupName }, refuses("DBSubnetGroupNotFoundFault", /not found/)),
  rds(
    "DescribeDBEngineVersions",
    { Engine: "postgres", EngineVersion: "17" },
    answers({
      DBEngineVersions: [{ Engine: "postgres", DBParameterGroupFamily: "postgres17" }],
    }),
  ),
  rds(
    "DescribeDBInstances",
    { DBInstanceIdentifier: it },
    refuses("DBInstanceNotFound", /not found/, "DBInstanceNotFoundFault"),
  ),
  rds(
    "CreateDBInstance",
    { ...database, EngineVersion: "9.6" },
    refuses("InvalidParameterCombination", /Cannot find version 9.6 for postgres/),
  ),
  rds(
    "CreateDBInstance",
    { ...database, DBSubnetGroupName },
    refuses("DBSubnetGroupNotFoundFault", /not found/),
  ),
  rds("DeleteDBParameterGroup", { DBParameterGroupName }, answers({})),
];

const CacheParameterGroupName = it;

/** ElastiCache without a server: that is in `elasticache.docker.test.ts`. */
export const elastiCacheRows: readonly Row[] = [
  cache(
    "CreateCacheParameterGroup",
    {
      CacheParameterGroupName,
      CacheParameterGroupFamily: "valkey8",
      Description: "for the test",
    },
    answers({ CacheParameterGroup: { CacheParameterGroupName: it, CacheParameterGroupFamily: "valkey8" } }),
  ),
  cache(
    "ModifyCacheParameterGroup",
    {
      CacheParameterGroupName,
      ParameterNameValues: [{ ParameterName: "maxmemory-policy", ParameterValue: "allkeys-lru" }],
    },
    answers({ CacheParameterGroupName: it }),
  ),
  cache(
    "DescribeCacheParameters",
    { CacheParameterGroupName, Source: "user" },
    answers({
      Parameters: [{ ParameterName: "maxmemory-policy", ParameterValue: "allkeys-lru" }],
    }),
  ),
  cache(
    "ModifyCacheParameterGroup",
    {
      CacheParameterGroupName: "default.valkey8",
      ParameterNameValues: [{ ParameterName: "timeout", ParameterValue: "1" }],
    },
    refuses("InvalidCacheParameterGroupState", /default/, "InvalidCacheParameterGroupStateFault"),
  ),
  cache(
    "DescribeCacheSubnetGroups",
    { CacheSubnetGroupName: it },
    refuses("CacheSubnetGroupNotFoundFault", /not found/),
  ),
  cache(
    "DescribeReplicationGroups",
    { ReplicationGroupId: it },
    refuses("ReplicationGroupNotFoundFault", /not found/),
  ),
  cache(
    "CreateReplicationGroup",
    {
      ReplicationGroupId: it,
      ReplicationGroupDescription: "for the test",
      Engine: "memcached",
    },
    refuses("InvalidParameterValue", /memcached/, "InvalidParameterValueException"),
  ),
  cache(
    "DescribeCacheEngineVersions",
    { Engine: "valkey", EngineVersion: "8.0" },
    answers({
      CacheEngineVersions: [{ Engine: "valkey", CacheParameterGroupFamily: "valkey8" }],
    }),
  ),
  cache("DeleteCacheParameterGroup", { CacheParameterGroupName }, answers({})),
];
