import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { propertyRuns } from "../app/testing/property-runs.ts";
import { bucketName, type NamedKind, nameOf, secretName } from "./names.ts";

const long = "a-very-long-name-of-an-application-that-nobody-should-choose";
const identity = { application: long, collection: long, environment: long, service: long };

test("names keep to the limits of their kinds", () => {
  assert.ok(nameOf("targetGroup", identity).length <= 32);
  assert.ok(nameOf("loadBalancer", identity).length <= 32);
  assert.ok(nameOf("cache", identity).length <= 40);
  assert.ok(nameOf("database", identity).length <= 63);
  assert.ok(nameOf("role", identity, "execution").length <= 64);
  const place = { account: "111111111111", region: "ap-southeast-2" };
  assert.match(bucketName(identity, place), /^[a-z][a-z0-9-]{2,40}-111111111111-ap-southeast-2$/);
  assert.ok(bucketName(identity, place).length <= 63);
});

test("what AWS keeps for itself never begins a name", () => {
  assert.doesNotMatch(nameOf("loadBalancer", { application: "internal-shop" }), /^internal-/);
  assert.doesNotMatch(nameOf("securityGroup", { application: "sg-shop" }), /^sg-/);
  assert.match(nameOf("database", { application: "internal-shop" }), /^internal-shop-/);
});

test("no secret's name ends with a hyphen and six characters", () => {
  assert.doesNotMatch(secretName(identity, "environment"), /-[A-Za-z0-9]{6}$/);
});

test("different names give different buckets", () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
  const tuple = fc.tuple(name, name, name, name);
  const place = { account: "111111111111", region: "us-east-1" };
  const nameFor = ([application, collection, environment, service]: readonly [
    string,
    string,
    string,
    string,
  ]) => bucketName({ application, collection, environment, service }, place);
  fc.assert(
    fc.property(tuple, tuple, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      assert.notEqual(nameFor(one), nameFor(other));
    }),
    { seed: 7, numRuns: propertyRuns(300) },
  );
});

/** Most characters of each kind, from the services' API references; written here anew, so that a slip there is seen. */
const most: Readonly<Record<NamedKind, number>> = {
  cache: 40,
  cluster: 255,
  database: 63,
  fileSystem: 64,
  function: 64,
  keyValueStore: 64,
  loadBalancer: 32,
  logGroup: 500,
  namespace: 1024,
  originAccess: 64,
  parameterGroup: 255,
  queue: 80,
  repository: 256,
  role: 64,
  schedule: 64,
  scheduleGroup: 64,
  secret: 500,
  securityGroup: 255,
  service: 255,
  subnetGroup: 255,
  table: 255,
  targetGroup: 32,
  taskFamily: 255,
  topic: 251,
  vpc: 256,
  vpcOrigin: 64,
};

test("10,000 pairs of environments that share beginning or end: no name twice, none too long", () => {
  const kinds = Object.keys(most) as readonly NamedKind[];
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/);
  const shared = fc.stringMatching(/^[a-z0-9]{7,30}$/);
  const pair = fc
    .tuple(word, word, shared, fc.boolean())
    .filter(([one, other]) => one !== other)
    .map(([one, other, same, isEnd]) =>
      isEnd ? [`${one}-${same}`, `${other}-${same}`] : [`a${same}-${one}`, `a${same}-${other}`],
    );
  const named = (kind: NamedKind, environment = "") =>
    nameOf(kind, { application: "shop", collection: "default", environment, service: "api" });
  const pairs = fc.sample(pair, { numRuns: 10_000, seed: 6 });
  for (const [index, [one, other]] of pairs.entries()) {
    const kind = kinds[index % kinds.length] ?? "role";
    const names = [named(kind, one), named(kind, other)];
    assert.notEqual(names[0], names[1], `${kind} of ${one} and ${other}`);
    for (const name of names) assert.ok(name.length <= most[kind], `${kind}: ${name}`);
  }
});
