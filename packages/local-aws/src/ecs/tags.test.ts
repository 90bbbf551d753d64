import assert from "node:assert/strict";
import { test } from "node:test";
import type { CreateClusterCommandOutput, ListTagsForResourceCommandOutput } from "@aws-sdk/client-ecs";
import { STS } from "@aws-sdk/client-sts";
import { caller, doublePlatform } from "../../test/testing/double-platform.ts";
import { noTaskDoors } from "../../test/testing/no-task-doors.ts";
import { createEcs } from "./service.ts";
import type { EcsState } from "./state.ts";
import { taggedIn } from "./tags.ts";

const aws = { sts: new STS({ region: "eu-central-1" }) };

test("tags are added, written over and taken away by their keys; what is gone bears none", async () => {
  const stores = new Map<string, unknown>();
  const ecs = await createEcs(await doublePlatform({ stores, aws }), noTaskDoors);
  await ecs.stop?.();
  const call = caller(ecs);
  const tags = [
    { key: "team", value: "shop" },
    { key: "stage", value: "dev" },
  ];
  const made = await call<CreateClusterCommandOutput>("CreateCluster", { clusterName: "c", tags });
  const resourceArn = made.cluster?.clusterArn ?? "";
  const listed = async () =>
    (await call<ListTagsForResourceCommandOutput>("ListTagsForResource", { resourceArn })).tags;
  await call("TagResource", { resourceArn, tags: [{ key: "team", value: "other" }] });
  await call("UntagResource", { resourceArn, tagKeys: ["stage", "never there"] });
  assert.deepEqual(await listed(), [{ key: "team", value: "other" }]);
  // The store holds what the service wrote.
  const state = () => stores.get("ecs") as EcsState;
  assert.deepEqual(taggedIn(state()), [{ arn: resourceArn, tags: { team: "other" } }]);
  await call("DeleteCluster", { cluster: "c" });
  assert.deepEqual(taggedIn(state()), []);
});

test("only what ECS knows has tags", async () => {
  const ecs = await createEcs(await doublePlatform({ aws }), noTaskDoors);
  await ecs.stop?.();
  const list = (resourceArn: string) => caller(ecs)("ListTagsForResource", { resourceArn });
  await assert.rejects(list("c"), /unexpected resource type/);
  await assert.rejects(list("arn:aws:ecs:eu-central-1:000000000000:cluster/none"), /does not exist/);
});
