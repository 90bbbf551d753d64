import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { S3 } from "@aws-sdk/client-s3";
import type { STS } from "@aws-sdk/client-sts";
import { UserError } from "../errors.ts";
import { destroyEnvironment } from "./destroy.ts";
import { plan } from "./plan.ts";
import type { Ports } from "./ports.ts";
import { type FakeAccount, fakeAccount, stateBucket } from "./testing/fake-account.ts";
import { FakeAwsError, fakeClient } from "./testing/fake-client.ts";
import { shopApplication } from "./testing/shop.ts";
import { up } from "./up.ts";

const application = shopApplication();
const collectionState = `${stateBucket}/shop/default/collection.tfstate`;
const environmentState = `${stateBucket}/shop/default/environments/dev.tfstate`;

const verbs = { plan, up, destroy: destroyEnvironment };

/** What keeps us from knowing, and the code of the error that says so. */
const rows: Readonly<Record<string, readonly [string, (world: FakeAccount) => Ports]>> = {
  "the collection's state may not be read": [
    "unreadable-state",
    (world) => forbidden(world, collectionState),
  ],
  "the environment's state may not be read": [
    "unreadable-state",
    (world) => forbidden(world, environmentState),
  ],
  "a state is cut off": ["unreadable-state", (world) => withState(world, '{"version":4,"resour')],
  "a state is empty": ["unreadable-state", (world) => withState(world, "")],
  "a state is of another version": [
    "unreadable-state",
    (world) => withState(world, '{"version":5,"resources":[]}'),
  ],
  "the caller is the root user": [
    "root-credentials",
    (world) => calledBy(world, { Account: "1", Arn: "arn:aws:iam::1:root" }),
  ],
  "the caller has no account": ["no-identity", (world) => calledBy(world, {})],
  "there are no credentials": ["no-credentials", (world) => refused(world, "CredentialsProviderError")],
  "the credentials are out of date": ["no-credentials", (world) => refused(world, "ExpiredTokenException")],
  "nobody answers": ["no-identity", (world) => refused(world, "ECONNREFUSED")],
};

describe("what cannot be read stops every verb, and nothing is changed", () => {
  for (const [name, [code, portsOf]] of Object.entries(rows)) {
    for (const [verb, run] of Object.entries(verbs)) {
      test(`${verb}: ${name}`, async () => {
        const world = await fakeAccount();
        await up({ application }, world.ports, () => {});
        world.journal.calls.length = 0;
        world.terraform.calls.length = 0;
        await assert.rejects(
          run({ application }, portsOf(world), () => {}),
          hasCode(code),
        );
        assert.deepEqual([world.journal.calls, world.terraform.calls], [[], []]);
      });
    }
  }
});

test("another account than the file names", async () => {
  const world = await fakeAccount();
  const [collection] = application.collections;
  assert.ok(collection !== undefined);
  const elsewhere = { ...application, collections: [{ ...collection, account: "222222222222" }] };
  await assert.rejects(
    plan({ application: elsewhere }, world.ports, () => {}),
    hasCode("wrong-account"),
  );
});

function hasCode(code: string) {
  return (error: unknown) => {
    assert.ok(error instanceof UserError, String(error));
    assert.equal(error.problems[0]?.code, code);
    assert.ok(error.problems[0]?.hint, "it says the way out");
    return true;
  };
}

function withState(world: FakeAccount, text: string): Ports {
  world.s3.objects.set(environmentState, text);
  return world.ports;
}

function forbidden({ ports, s3 }: FakeAccount, place: string): Ports {
  const getObject = async ({ Bucket, Key }: { readonly Bucket: string; readonly Key: string }) => {
    if (`${Bucket}/${Key}` === place) throw new FakeAwsError("AccessDenied");
    return s3.client.getObject({ Bucket, Key });
  };
  const client: S3 = new Proxy(s3.client, {
    get: (target, name) => (name === "getObject" ? getObject : Reflect.get(target, name)),
  });
  return { ...ports, aws: { ...ports.aws, s3: async () => client } };
}

function calledBy({ ports, journal }: FakeAccount, identity: object): Ports {
  const sts = fakeClient<STS>(journal, { getCallerIdentity: () => identity });
  return { ...ports, aws: { ...ports.aws, sts: async () => sts } };
}

function refused({ ports, journal }: FakeAccount, name: string): Ports {
  const getCallerIdentity = () => {
    throw new FakeAwsError(name);
  };
  const sts = fakeClient<STS>(journal, { getCallerIdentity });
  return { ...ports, aws: { ...ports.aws, sts: async () => sts } };
}
