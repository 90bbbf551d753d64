import assert from "node:assert/strict";
import { test } from "node:test";
import { isLaterType } from "../../resolve/infer.ts";
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
    "Resources: { houseDBCluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: aurora-mysql, EngineVersion: 8.0.mysql_aurora.3.02.0 } } }",
    "house",
    { type: "database", engine: "mysql" },
  ],
  [
    "Resources: { Main: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: postgres, EngineVersion: '16.3' } } }",
    "main",
    { type: "database", engine: "postgres", version: "16" },
  ],
];

for (const [template, name, settings] of declared) {
  test(`an addon that declares ${name} becomes a resource that its service uses`, () => {
    const { value } = translated({ ...service, "tea/addons/a.yml": template });
    assert.deepEqual(value("x-freehold", "resources", name), settings);
    assert.deepEqual(value("services", "tea", "x-freehold", "uses"), [name]);
  });
}

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

test("a resource that nothing makes yet is told to be refused", () => {
  const template = "Resources: { Harvest: { Type: 'AWS::SNS::Topic' }, Jars: { Type: 'AWS::S3::Bucket' } }";
  const { rows } = translated({ ...service, "tea/addons/a.yml": template });
  const told = (key: string) => rows.find((row) => row.key === key)?.message ?? "";
  assert.equal(/is not built yet/.test(told("Resources.Harvest")), isLaterType("topic"));
  assert.doesNotMatch(told("Resources.Jars"), /is not built yet/);
});
