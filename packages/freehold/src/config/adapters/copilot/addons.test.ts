import assert from "node:assert/strict";
import { test } from "node:test";
import { type Files, translated } from "./testing/translated.ts";

const service: Files = {
  ".workspace": "application: house",
  "tea/manifest.yml": "type: Worker Service\nimage: { location: 'public.ecr.aws/tea/tea:1' }",
};

/** Type of the resource, how it is named here, and what is told. */
const declared: readonly (readonly [template: string, name: string, settings: unknown])[] = [
  [
    "Resources: { myjarsBucket: { Type: 'AWS::S3::Bucket' } }\nOutputs: { myjarsName: { Value: !Ref myjarsBucket } }",
    "myjars",
    { type: "bucket" },
  ],
  ["Resources: { Leaves: { Type: 'AWS::SQS::Queue' } }", "leaves", { type: "queue" }],
  ["Resources: { Harvest: { Type: 'AWS::SNS::Topic' } }", "harvest", { type: "topic" }],
  [
    "Resources: { Harvest: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: true } } }",
    "harvest",
    { type: "topic", fifo: true },
  ],
  [
    `
Resources:
  Cups:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - { AttributeName: house, AttributeType: S }
        - { AttributeName: poured, AttributeType: N }
        - { AttributeName: guest, AttributeType: S }
      KeySchema:
        - { AttributeName: house, KeyType: HASH }
        - { AttributeName: poured, KeyType: RANGE }
      GlobalSecondaryIndexes:
        - IndexName: guests
          KeySchema: [{ AttributeName: guest, KeyType: HASH }, { AttributeName: poured, KeyType: RANGE }]
          Projection: { ProjectionType: KEYS_ONLY }
      LocalSecondaryIndexes:
        - IndexName: by_guest
          KeySchema: [{ AttributeName: house, KeyType: HASH }, { AttributeName: guest, KeyType: RANGE }]
          Projection: { ProjectionType: INCLUDE, NonKeyAttributes: [price] }
      TimeToLiveSpecification: { AttributeName: cold_at, Enabled: true }
      StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
`,
    "cups",
    {
      type: "table",
      key: "house",
      sort: { name: "poured", type: "number" },
      indexes: {
        guests: { key: "guest", sort: { name: "poured", type: "number" }, holds: "keys" },
        by_guest: { sort: "guest", local: true, holds: ["price"] },
      },
      ttl: "cold_at",
      stream: "both",
      point_in_time_recovery: true,
    },
  ],
  [
    "Resources: { houseDBCluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: aurora-mysql, EngineVersion: 8.0.mysql_aurora.3.02.0 } } }",
    "house",
    { type: "database", engine: "mysql" },
  ],
  [
    "Resources: { Main: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: postgres, EngineVersion: '16.3' } } }",
    "main",
    { type: "database", engine: "postgres", version: "16" },
  ],
  [
    `
Parameters: { Family: { Type: String, Default: aurora-postgresql } }
Mappings: { Sizes: { test: { Version: '15.4', Days: 1 }, prod: { Version: '15.4', Days: 14 } } }
Resources:
  Ledger:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: !Ref Family
      EngineVersion: !FindInMap [Sizes, !Ref Env, Version]
      BackupRetentionPeriod: !FindInMap [Sizes, !Ref Env, Days]
`,
    "ledger",
    { type: "database", engine: "postgres", version: "15" },
  ],
  [
    `
Resources:
  Stock:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      EngineVersion: 8.4.3
      DBInstanceClass: db.t4g.small
      AllocatedStorage: '50'
      MultiAZ: true
      BackupRetentionPeriod: 3
`,
    "stock",
    {
      type: "database",
      engine: "mysql",
      version: "8.4",
      size: "db.t4g.small",
      storage: 50,
      multi_az: true,
      backup_days: 3,
    },
  ],
  [
    "Resources: { Steam: { Type: 'AWS::ElastiCache::CacheCluster', Properties: { Engine: redis, CacheNodeType: cache.t3.micro } } }",
    "steam",
    { type: "cache", engine: "redis", size: "cache.t3.micro", tls: false },
  ],
  [
    "Resources: { Steam: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { Engine: valkey, EngineVersion: 8.0, NumCacheClusters: 2, TransitEncryptionEnabled: true } } }",
    "steam",
    { type: "cache", engine: "valkey", version: "8.0", replicas: 1 },
  ],
  [
    "Resources: { Steam: { Type: 'AWS::ElastiCache::ServerlessCache', Properties: { Engine: memcached } } }",
    "steam",
    { type: "cache", engine: "memcached" },
  ],
];

for (const [template, name, settings] of declared) {
  test(`an addon that declares ${name} becomes a resource that its service uses`, () => {
    const { value } = translated({ ...service, "tea/addons/a.yml": template });
    assert.deepEqual(value("x-freehold", "resources", name), settings);
    assert.deepEqual(value("services", "tea", "x-freehold", "uses"), [name]);
  });
}

test("a version that AWS makes no longer is lost, and said to be", () => {
  const template = `
Resources:
  Main: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: aurora-postgresql, EngineVersion: '10.12' } }
  Steam: { Type: 'AWS::ElastiCache::CacheCluster', Properties: { Engine: redis, EngineVersion: 5.0.6 } }
`;
  const { value, rows } = translated({ ...service, "tea/addons/a.yml": template });
  assert.equal(value("x-freehold", "resources", "main", "version"), undefined);
  assert.equal(value("x-freehold", "resources", "steam", "version"), undefined);
  const lost = rows.flatMap(({ key, outcome, message }) =>
    outcome === "without counterpart" ? [`${key} ${message.split(",")[0]}`] : [],
  );
  assert.deepEqual(lost, [
    "Resources.Main.Properties.EngineVersion RDS makes no postgres 10: the newest is made",
    "Resources.Steam.Properties.EngineVersion ElastiCache has no redis 5.0.6",
  ]);
});

test("an addon of every environment is used by none until a service says so", () => {
  const { value, rows } = translated({
    ...service,
    "environments/addons/jars.yml": "Resources: { jars: { Type: 'AWS::S3::Bucket' } }",
  });
  assert.deepEqual(value("x-freehold", "resources", "jars"), { type: "bucket" });
  assert.equal(value("services", "tea", "x-freehold", "uses"), undefined);
  assert.match(rows.find(({ key }) => key === "Resources.jars")?.message ?? "", /under `uses`/);
});

test("what no resource of ours is, and what is made alongside, is told", () => {
  const template =
    "Resources:\n  a: { Type: 'AWS::Lambda::Function' }\n  b: { Type: 'AWS::IAM::ManagedPolicy' }\n" +
    "  c: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: x } }\n" +
    "  d: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: oracle-ee } }\n";
  const { rows } = translated({ ...service, "tea/addons/a.yml": template });
  const found = rows.filter(({ key }) => key.startsWith("Resources.")).map(({ outcome }) => outcome);
  assert.deepEqual(found, ["without counterpart", "noted", "noted", "without counterpart"]);
});

test("overrides, buildspecs and parameters of addons are told of and left alone", () => {
  const { rows } = translated({
    ...service,
    "tea/overrides/cfn.patches.yml": "- op: add",
    "tea/addons/addons.parameters.yml": "Parameters: { A: b }",
    "pipelines/main/buildspec.yml": "version: 0.2",
  });
  const left = rows.filter(({ outcome, place }) => outcome === "noted" && place.line === undefined);
  assert.deepEqual(
    left.map(({ key }) => key),
    [
      "copilot/tea/addons/addons.parameters.yml",
      "copilot/tea/overrides/cfn.patches.yml",
      "copilot/pipelines/main/buildspec.yml",
    ],
  );
});
