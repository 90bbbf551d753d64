import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { S3 } from "@aws-sdk/client-s3";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { STS } from "@aws-sdk/client-sts";
import { UserError } from "../errors.ts";
import { destroyEnvironment } from "./destroy.ts";
import { plan } from "./plan.ts";
import type { Ports } from "./ports.ts";
import { releases } from "./releases.ts";
import { rollback } from "./rollback.ts";
import { run } from "./run.ts";
import { Secret } from "./secrets/value.ts";
import { listSecrets, setSecret } from "./secrets.ts";
import { status } from "./status.ts";
import { type FakeAccount, fakeAccount, stateBucket } from "./testing/fake-account.ts";
import { FakeAwsError, fakeClient } from "./testing/fake-client.ts";
import { stateText } from "./testing/fake-terraform.ts";
import { shopApplication, shopTarget } from "./testing/shop.ts";
import { up } from "./up.ts";

const application = shopApplication();
const collectionState = `${stateBucket}/shop/default/collection.tfstate`;
const environmentState = `${stateBucket}/shop/default/environments/dev.tfstate`;

type Verb = (ports: Ports) => Promise<unknown>;
const request = { application };

/** What may change something, and needs all that can be known. */
const changing: Readonly<Record<string, Verb>> = {
  plan: (ports) => plan(request, ports, () => {}),
  up: (ports) => up(request, ports, () => {}),
  destroy: (ports) => destroyEnvironment(request, ports, () => {}),
};
/** What stands on a live release. */
const standing: Readonly<Record<string, Verb>> = {
  rollback: (ports) => rollback(request, ports, () => {}),
  run: (ports) => run({ ...request, service: "api", command: ["true"] }, ports, () => {}),
  status: (ports) => status(request, ports),
  releases: (ports) => releases(request, ports),
};
const ofSecrets: Readonly<Record<string, Verb>> = {
  "secrets set": (ports) => setSecret({ ...request, name: "OTHER", value: new Secret("x") }, ports),
  "secrets ls": (ports) => listSecrets(request, ports),
};
const all = { ...changing, ...standing };

interface Row {
  /** What keeps us from knowing. */
  readonly name: string;
  /** Of the error that says so. */
  readonly code: string;
  readonly verbs: Readonly<Record<string, Verb>>;
  readonly ports: (world: FakeAccount) => Ports;
}

const stateRows: readonly Row[] = [
  ...["AccessDenied", "KMS.DisabledException", "ECONNRESET"].flatMap((error) => [
    {
      name: `${error} instead of the collection's state`,
      code: "unreadable-state",
      verbs: all,
      ports: (world: FakeAccount) => unread(world, collectionState, error),
    },
    {
      name: `${error} instead of the environment's state`,
      code: "unreadable-state",
      verbs: all,
      ports: (world: FakeAccount) => unread(world, environmentState, error),
    },
  ]),
  ...Object.entries({
    "is cut off": '{"version":4,"resour',
    "is empty": "",
    "is of another version": '{"version":5,"resources":[]}',
    "is somebody else's JSON": '{"hello":"world"}',
    "holds an output of another form": stateText(["aws_vpc.main"], { freehold: { value: "text" } }),
    "holds an output with one wrong type": stateText(["aws_vpc.main"], {
      freehold: { value: { ...shopTarget().outputs, secret_arn: 7 } },
    }),
  }).map(([what, text]) => ({
    name: `a state ${what}`,
    code: "unreadable-state",
    verbs: all,
    ports: (world: FakeAccount) => withObject(world, environmentState, text),
  })),
  ...Object.entries({ "the collection's": collectionState, "the environment's": environmentState }).map(
    ([whose, key]) => ({
      name: `of the two states ${whose} is lost`,
      code: "lost-state",
      verbs: all,
      ports: (world: FakeAccount) => withObject(world, key, undefined),
    }),
  ),
  {
    name: "the environment's state has lost its output",
    code: "not-provisioned",
    verbs: standing,
    ports: (world) => withObject(world, environmentState, stateText(["aws_vpc.main"], {})),
  },
];

const ownerRow: Row = {
  name: "the state bucket is another account's",
  code: "no-state-bucket",
  verbs: all,
  ports: ({ ports, s3 }) => {
    s3.others.add(stateBucket);
    return withoutReading(ports, s3.client);
  },
};

const callerRows: readonly Row[] = [
  ["the caller is the root user", "root-credentials", { Account: "1", Arn: "arn:aws:iam::1:root" }],
  ["the caller has no account", "no-identity", {}],
  ["there are no credentials", "no-credentials", "CredentialsProviderError"],
  ["the credentials are out of date", "no-credentials", "ExpiredTokenException"],
  ["asking who calls is forbidden", "no-identity", "AccessDenied"],
  ["nobody answers", "no-identity", "ECONNREFUSED"],
].map(([name, code, identity]) => ({
  name: String(name),
  code: String(code),
  verbs: { ...all, ...ofSecrets },
  ports: (world: FakeAccount) =>
    typeof identity === "string" ? refused(world, identity) : calledBy(world, Object(identity)),
}));

const secretRows: readonly Row[] = [
  ...["AccessDeniedException", "DecryptionFailure", "InternalServiceError", "ETIMEDOUT"].map((error) => ({
    name: `${error} instead of the user's secrets`,
    code: "unreadable-secret",
    verbs: { ...changing, ...ofSecrets },
    ports: (world: FakeAccount) => unreadSecret(world, /environment$/, error),
  })),
  {
    name: "the password of a database's role may not be read",
    code: "unreadable-secret",
    verbs: changing,
    ports: (world) => unreadSecret(world, /db-shop$/, "AccessDeniedException"),
  },
  {
    name: "the cache's token may not be read",
    code: "unreadable-secret",
    verbs: changing,
    ports: (world) => unreadSecret(world, /token$/, "AccessDeniedException"),
  },
  {
    name: "the user's secrets are cut off",
    code: "unreadable-secret",
    verbs: { up: changing["up"] ?? never, ...ofSecrets },
    ports: (world) => withSecret(world, '{"STRIPE_KEY":"canary'),
  },
];

describe("what cannot be read stops every verb, and nothing is changed", () => {
  for (const row of [...stateRows, ownerRow, ...callerRows, ...secretRows]) {
    describe(row.name, () => {
      // One world for the verbs of a row, since each of them has to leave it as it is.
      let world: FakeAccount;
      let ports: Ports;
      before(async () => {
        world = await fakeAccount();
        await up(request, world.ports, () => {});
        ports = row.ports(world);
      });
      for (const [verb, start] of Object.entries(row.verbs))
        test(verb, async () => {
          world.journal.calls.length = 0;
          world.terraform.calls.length = 0;
          const objects = new Map(world.s3.objects);
          await assert.rejects(start(ports), hasCode(row.code));
          const written = world.journal.calls.filter((call) => !isOfLease(call));
          assert.deepEqual([written, world.terraform.calls], [[], []]);
          assert.deepEqual(world.s3.objects, objects);
        });
    });
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

/** A lease may be taken before a secret is read, and is given back: the objects are compared as well. */
function isOfLease(call: string): boolean {
  return call === "putObject" || call === "deleteObject";
}

function never(): Promise<never> {
  return Promise.reject(new TypeError("there is no such verb"));
}

function withObject(world: FakeAccount, place: string, text: string | undefined): Ports {
  if (text === undefined) world.s3.objects.delete(place);
  else world.s3.objects.set(place, text);
  return world.ports;
}

function unread({ ports, s3 }: FakeAccount, place: string, error: string): Ports {
  const getObject = async ({ Bucket, Key }: { readonly Bucket: string; readonly Key: string }) => {
    if (`${Bucket}/${Key}` === place) throw new FakeAwsError(error);
    return s3.client.getObject({ Bucket, Key });
  };
  const client: S3 = new Proxy(s3.client, {
    get: (target, name) => (name === "getObject" ? getObject : Reflect.get(target, name)),
  });
  return { ...ports, aws: { ...ports.aws, s3: async () => client } };
}

/** Nothing of the bucket may be read: it fails with another code. */
function withoutReading(ports: Ports, s3: S3): Ports {
  const refuse = () =>
    Promise.reject(new UserError({ code: "was-read", subject: "", message: "It was read." }));
  const client: S3 = new Proxy(s3, {
    get: (target, name) => (/^(get|list)/.test(String(name)) ? refuse : Reflect.get(target, name)),
  });
  return { ...ports, aws: { ...ports.aws, s3: async () => client } };
}

function unreadSecret({ ports, secrets }: FakeAccount, ids: RegExp, error: string): Ports {
  const getSecretValue = async ({ SecretId }: { readonly SecretId: string }) => {
    if (ids.test(SecretId)) throw new FakeAwsError(error);
    return secrets.client.getSecretValue({ SecretId });
  };
  const client: SecretsManager = new Proxy(secrets.client, {
    get: (target, name) => (name === "getSecretValue" ? getSecretValue : Reflect.get(target, name)),
  });
  return { ...ports, aws: { ...ports.aws, secrets: async () => client } };
}

function withSecret({ ports, secrets }: FakeAccount, text: string): Ports {
  for (const [id, versions] of secrets.secrets)
    if (/environment$/.test(id)) versions.set("version-1", { text, labels: new Set(["AWSCURRENT"]) });
  return ports;
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
