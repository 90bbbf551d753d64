import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  GetResourcesCommandInput,
  GetResourcesOutput,
} from "@aws-sdk/client-resource-groups-tagging-api";
import { caller } from "../../test/testing/double-platform.ts";
import type { Tagged } from "../service.ts";
import { createTagging } from "./service.ts";

const region = "eu-central-1";
const named = (service: string, resource: string, tags: Tagged["tags"], place = region): Tagged => ({
  arn: `arn:aws:${service}:${place}:1:${resource}`,
  tags,
});
const cluster = named("ecs", "cluster/main", { App: "shop", Env: "live" });
const database = named("rds", "db:main", { App: "shop" });
const network = named("ec2", "vpc/vpc-1", { App: "shop", Env: "test" });
const bucket = { arn: "arn:aws:s3:::files", tags: { App: "other" } };
const distribution = named("cloudfront", "distribution/E1", { App: "shop" }, "");
const elsewhere = named("ecs", "cluster/far", { App: "shop" }, "eu-west-1");

const call = caller(
  createTagging(
    [
      {
        model: "ecs",
        moto: false,
        operations: {},
        tagged: () => [cluster, database, distribution, elsewhere, named("ecs", "cluster/bare", {})],
      },
      { model: "sts", moto: true, operations: {} },
    ],
    async (asked) => (asked === region ? [network, bucket] : []),
  ),
);
const list = (input: GetResourcesCommandInput) => call<GetResourcesOutput>("GetResources", input);
const arnsOf = ({ ResourceTagMappingList = [] }: GetResourcesOutput) =>
  ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN);

const cases: readonly { name: string; input: GetResourcesCommandInput; finds: readonly Tagged[] }[] = [
  {
    name: "all of the region, of ours and of moto, by ARN",
    input: {},
    finds: [network, cluster, database, bucket],
  },
  { name: "a key alone", input: { TagFilters: [{ Key: "Env" }] }, finds: [network, cluster] },
  {
    name: "one of a key's values",
    input: { TagFilters: [{ Key: "Env", Values: ["live", "none"] }] },
    finds: [cluster],
  },
  {
    name: "all filters at once",
    input: {
      TagFilters: [
        { Key: "App", Values: ["shop"] },
        { Key: "Env", Values: ["test"] },
      ],
    },
    finds: [network],
  },
  { name: "a service", input: { ResourceTypeFilters: ["rds"] }, finds: [database] },
  {
    name: "types of a service",
    input: { ResourceTypeFilters: ["ecs:cluster", "s3:bucket", "ec2:subnet"] },
    finds: [cluster, bucket],
  },
  { name: "an ARN", input: { ResourceARNList: [bucket.arn] }, finds: [bucket] },
];
for (const { name, input, finds } of cases) {
  test(`resources are found by ${name}`, async () => {
    assert.deepEqual(
      arnsOf(await list(input)),
      finds.map(({ arn }) => arn),
    );
  });
}

test("a resource comes with its tags", async () => {
  const { ResourceTagMappingList } = await list({ ResourceTypeFilters: ["rds"] });
  assert.deepEqual(ResourceTagMappingList, [
    { ResourceARN: database.arn, Tags: [{ Key: "App", Value: "shop" }] },
  ]);
});

test("pages follow each other, and the last has no token", async () => {
  const first = await list({ ResourcesPerPage: 3 });
  const second = await list({ ResourcesPerPage: 3, PaginationToken: first.PaginationToken });
  assert.deepEqual([arnsOf(first).length, arnsOf(second)], [3, [bucket.arn]]);
  assert.notEqual(first.PaginationToken, "");
  assert.equal(second.PaginationToken, "");
});

test("keys and values are told once", async () => {
  assert.deepEqual(await call("GetTagKeys"), { TagKeys: ["App", "Env"], PaginationToken: "" });
  const values = await call("GetTagValues", { Key: "App" });
  assert.deepEqual(values, { TagValues: ["other", "shop"], PaginationToken: "" });
});

test("ARNs and filters exclude each other", async () => {
  const input = { ResourceARNList: [bucket.arn], TagFilters: [{ Key: "App" }] };
  await assert.rejects(list(input), { code: "InvalidParameterException" });
});
