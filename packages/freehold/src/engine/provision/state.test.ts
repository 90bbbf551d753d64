import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeWorld } from "../testing/fake-ports.ts";
import { shopTarget } from "../testing/shop.ts";
import { contentsOf, readCollectionState, readEnvironmentState } from "./state.ts";

const place = { bucket: "states", key: "some.tfstate" };
const { shared, outputs } = shopTarget();

const network = { mode: "managed", type: "aws_vpc", name: "main", instances: [{ attributes: {} }] };
const halfMade = { ...network, type: "aws_db_instance", name: "db", instances: [{ status: "tainted" }] };
const looked = { mode: "data", type: "aws_region", name: "here", instances: [{}] };

function worldWith(state: object | undefined) {
  const world = fakeWorld();
  if (state !== undefined)
    world.s3.objects.set("states/some.tfstate", JSON.stringify({ version: 4, ...state }));
  return world.ports;
}

function collection(resources: readonly object[], value?: unknown) {
  return readCollectionState(
    place,
    worldWith({ resources, outputs: value === undefined ? {} : { freehold: { value } } }),
  );
}

test("no object, and one without resources, are absent", async () => {
  assert.deepEqual(await readCollectionState(place, worldWith(undefined)), {
    kind: "absent",
    hasObject: false,
  });
  assert.deepEqual(await collection([]), { kind: "absent", hasObject: true });
});

test("resources with all the outputs are complete; what was only looked at is not managed", async () => {
  const found = await collection([network, looked], shared);
  assert.deepEqual(found, {
    kind: "complete",
    managed: ["aws_vpc.main"],
    tainted: [],
    ids: {},
    outputs: shared,
  });
});

test("what Terraform had only begun to make when it was killed is not managed, nor what it was replacing", async () => {
  const begun = { ...network, name: "begun", instances: [] };
  const replaced = {
    ...network,
    name: "replaced",
    instances: [{ deposed: "1a2b3c4d", attributes: { id: "vpc-1" } }],
  };
  const made = { ...network, name: "made", instances: [{ attributes: { id: "vpc-2" } }] };
  const found = contentsOf(await collection([begun, replaced, made]));
  assert.deepEqual(found.managed, ["aws_vpc.made"]);
  assert.deepEqual(found.ids, { "aws_vpc.made": "vpc-2" });
});

test("what was broken off is told", async () => {
  const found = await collection([network, halfMade], shared);
  assert.deepEqual(found.kind === "complete" && found.tainted, ["aws_db_instance.db"]);
});

const { vpc_id: _, ...lacking } = shared;
const rows: readonly (readonly [string, unknown])[] = [
  ["none", undefined],
  ["one is missing", lacking],
  ["a stranger's", { hello: "world" }],
];
const wrongs: readonly (readonly [string, unknown, RegExp])[] = [
  ["one is null", { ...shared, cluster_arn: null }, /output freehold\.cluster_arn is none/],
  ["one has another form", { ...shared, zones: "a" }, /output freehold\.zones is none/],
  ["all of them have", "text", /output freehold is none/],
];

for (const [name, value] of rows) {
  test(`outputs: ${name}: partial, so that nothing is made of them`, async () => {
    assert.deepEqual(await collection([network], value), {
      kind: "partial",
      managed: ["aws_vpc.main"],
      tainted: [],
      ids: {},
    });
  });
}

for (const [name, value, why] of wrongs) {
  test(`outputs: ${name}: unreadable, whatever else is there`, async () => {
    await assert.rejects(collection([network], value), why);
  });
}

test("an environment's outputs are read down to its task templates", async () => {
  const read = (value: unknown) =>
    readEnvironmentState(place, worldWith({ resources: [network], outputs: { freehold: { value } } }));
  const whole = await read(outputs);
  assert.deepEqual(whole.kind === "complete" && whole.outputs, outputs);
  const [name, api] = Object.entries(outputs.services)[0] ?? [];
  const broken = { ...outputs.services, [name ?? ""]: { ...api, template: { ...api?.template, family: 1 } } };
  await assert.rejects(read({ ...outputs, services: broken }), /template\.family is none/);
});

test("a setting of a container that is not known here is no output, since a release would lose it", async () => {
  const [name = "", service] = Object.entries(outputs.services)[0] ?? [];
  const containerDefinitions = service?.template.containerDefinitions.map((one) => ({ ...one, later: true }));
  const changed = { ...service, template: { ...service?.template, containerDefinitions } };
  const read = (services: object) =>
    readEnvironmentState(
      place,
      worldWith({ resources: [network], outputs: { freehold: { value: { ...outputs, services } } } }),
    );
  assert.equal((await read(outputs.services)).kind, "complete");
  await assert.rejects(read({ ...outputs.services, [name]: changed }), /containerDefinitions\.0 is none/);
});
