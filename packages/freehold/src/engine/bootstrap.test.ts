import assert from "node:assert/strict";
import { test } from "node:test";
import type { LifecycleRule, PutBucketLifecycleConfigurationCommandInput, S3 } from "@aws-sdk/client-s3";
import { bootstrap } from "./bootstrap.ts";
import { expireOldVersions } from "./old-versions.ts";
import { stateBucket } from "./testing/fake-account.ts";
import { FakeAwsError, fakeClient } from "./testing/fake-client.ts";
import { fakeWorld } from "./testing/fake-ports.ts";
import { shopApplication } from "./testing/shop.ts";
import { createTranscript } from "./testing/transcript.ts";

const application = shopApplication();
const [collection] = application.collections;
assert.ok(collection !== undefined);
const request = { application, collection };

test("the state bucket is made private, encrypted, tagged, TLS only, and versioned last, which says that it is whole", async () => {
  const world = fakeWorld();
  assert.equal(await bootstrap(request, world.ports, () => {}), stateBucket);
  const settings = [
    "putPublicAccessBlock",
    "putBucketEncryption",
    "putBucketTagging",
    "putBucketPolicy",
    "putBucketLifecycleConfiguration",
    "putBucketVersioning",
  ];
  assert.deepEqual(world.s3.buckets.get(stateBucket), settings);
});

test("again, nothing is changed", async () => {
  const world = fakeWorld();
  await bootstrap(request, world.ports, () => {});
  world.journal.calls.length = 0;
  const transcript = createTranscript();
  await bootstrap(request, world.ports, transcript.emit);
  assert.deepEqual(world.journal.calls, []);
  assert.deepEqual(transcript.lines(), ["bootstrap …", "bootstrap unchanged"]);
});

test("a bucket of before gets its lifecycle, and nothing else is changed", async () => {
  const world = fakeWorld();
  await bootstrap(request, world.ports, () => {});
  const settings = world.s3.buckets.get(stateBucket) ?? [];
  settings.splice(settings.indexOf("putBucketLifecycleConfiguration"), 1);
  world.journal.calls.length = 0;
  await bootstrap(request, world.ports, () => {});
  assert.deepEqual(world.journal.calls, ["putBucketLifecycleConfiguration"]);
});

test("rules that somebody else has set stay, and ours is set once", async () => {
  let rules: readonly LifecycleRule[] = [{ ID: "theirs", Status: "Enabled" }];
  const { journal } = fakeWorld();
  const client = fakeClient<S3>(journal, {
    getBucketLifecycleConfiguration: () => ({ Rules: rules }),
    putBucketLifecycleConfiguration: (input: PutBucketLifecycleConfigurationCommandInput) => {
      rules = input.LifecycleConfiguration?.Rules ?? [];
      return {};
    },
  });
  assert.equal(await expireOldVersions(client, stateBucket), true);
  assert.equal(await expireOldVersions(client, stateBucket), false);
  assert.deepEqual(
    rules.map(({ ID }) => ID),
    ["theirs", "freehold-old-versions"],
  );
});

for (let call = 0; call < 7; call += 1) {
  test(`killed before call ${call + 1} and run again: whole`, async () => {
    const world = fakeWorld();
    world.journal.failAt = call;
    await assert.rejects(bootstrap(request, world.ports, () => {}));
    delete world.journal.failAt;
    await bootstrap(request, world.ports, () => {});
    assert.equal(new Set(world.s3.buckets.get(stateBucket)).size, 6);
  });
}

test("a bucket that may not be looked at stops it", async () => {
  const world = fakeWorld();
  const headBucket = () => Promise.reject(new FakeAwsError("Forbidden"));
  const client = new Proxy(world.s3.client, {
    get: (target, name) => (name === "headBucket" ? headBucket : Reflect.get(target, name)),
  });
  const ports = { ...world.ports, aws: { ...world.ports.aws, s3: async () => client } };
  await assert.rejects(
    bootstrap(request, ports, () => {}),
    /cannot be read/,
  );
  assert.deepEqual(world.journal.calls, []);
});
