import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { EC2 } from "@aws-sdk/client-ec2";
import { IAM } from "@aws-sdk/client-iam";
import { RDS } from "@aws-sdk/client-rds";
import { S3 } from "@aws-sdk/client-s3";
import { Scheduler } from "@aws-sdk/client-scheduler";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SQS } from "@aws-sdk/client-sqs";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import { type Keys, openTaskDoorHouse, type TaskDoorHouse } from "./testing/task-door-house.ts";

let folder = "";
let house: TaskDoorHouse;
let keys: Keys;
const own = "arn:aws:s3:::own-bucket";
const session = "arn:aws:sts::123456789012:assumed-role/app/task";

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "task-door-"));
  house = await openTaskDoorHouse(folder);
  const s3 = new S3({ ...house.inside, forcePathStyle: true });
  for (const Bucket of ["own-bucket", "foreign-bucket"]) {
    await s3.createBucket({ Bucket });
    await s3.putObject({ Bucket, Key: "a/b c+d", Body: "content" });
  }
  const sqs = new SQS(house.inside);
  for (const QueueName of ["own", "foreign"]) await sqs.createQueue({ QueueName });
  const secrets = new SecretsManager(house.inside);
  for (const Name of ["own", "foreign"]) await secrets.createSecret({ Name, SecretString: Name });
  keys = await house.assume("app", [
    { Effect: "Allow", Action: ["s3:ListBucket"], Resource: own },
    { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource: `${own}/*` },
    { Effect: "Deny", Action: "s3:*", Resource: `${own}/locked/*` },
    {
      Effect: "Allow",
      Action: ["sqs:SendMessage", "sqs:ReceiveMessage"],
      Resource: "arn:aws:sqs:us-east-1:123456789012:own",
    },
    {
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: "arn:aws:secretsmanager:*:*:secret:own-??????",
    },
  ]);
});
after(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

const queue = (name: string) => `http://127.0.0.1:4577/123456789012/${name}`;

test("what the role's policies allow is answered, through every kind of body", async () => {
  const s3 = new S3(house.inTask(keys));
  await s3.putObject({ Bucket: "own-bucket", Key: "new/ä & (b)", Body: "new" });
  const { Body } = await s3.getObject({ Bucket: "own-bucket", Key: "new/ä & (b)" });
  assert.equal(await Body?.transformToString(), "new");
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: "own-bucket", Prefix: "new/" });
  assert.deepEqual(
    Contents.map(({ Key }) => Key),
    ["new/ä & (b)"],
  );
  await s3.deleteObjects({ Bucket: "own-bucket", Delete: { Objects: [{ Key: "new/ä & (b)" }] } });

  const sqs = new SQS(house.inTask(keys));
  // moto reads `&Action=` in a JSON body as the operation.
  const text = '&Action=PurgeQueue&Version=2012-11-05&"ä"';
  await sqs.sendMessage({ QueueUrl: queue("own"), MessageBody: text });
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl: queue("own") });
  assert.deepEqual(
    Messages.map(({ Body: body }) => body),
    [text],
  );

  const secrets = new SecretsManager(house.inTask(keys));
  assert.equal((await secrets.getSecretValue({ SecretId: "own" })).SecretString, "own");
  const { Arn } = await new STS(house.inTask(keys)).getCallerIdentity({});
  assert.equal(Arn, session);
});

interface Refused {
  readonly what: string;
  readonly send: (keys: Keys) => Promise<unknown>;
  readonly name: string;
  readonly status: number;
  readonly message: string | RegExp;
}

const because = (action: string, arn: string) =>
  `User: ${session} is not authorized to perform: ${action} on resource: ${arn} because no identity-based policy allows the ${action} action`;

const denied: readonly Refused[] = [
  {
    what: "an object of another bucket (REST-XML)",
    send: (given) => new S3(house.inTask(given)).getObject({ Bucket: "foreign-bucket", Key: "a/b c+d" }),
    name: "AccessDenied",
    status: 403,
    message: because("s3:GetObject", '"arn:aws:s3:::foreign-bucket/a/b c+d"'),
  },
  {
    what: "an object that a statement denies",
    send: (given) =>
      new S3(house.inTask(given)).putObject({ Bucket: "own-bucket", Key: "locked/a", Body: "" }),
    name: "AccessDenied",
    status: 403,
    message: `User: ${session} is not authorized to perform: s3:PutObject on resource: "${own}/locked/a" with an explicit deny in an identity-based policy`,
  },
  {
    what: "a copy of what may not be read",
    send: (given) =>
      new S3(house.inTask(given)).copyObject({
        Bucket: "own-bucket",
        Key: "copy",
        CopySource: "foreign-bucket/a/b%20c%2Bd",
      }),
    name: "AccessDenied",
    status: 403,
    message: because("s3:GetObject", '"arn:aws:s3:::foreign-bucket/a/b c+d"'),
  },
  {
    what: "one key of several to delete",
    send: (given) =>
      new S3(house.inTask(given)).deleteObjects({
        Bucket: "own-bucket",
        Delete: { Objects: [{ Key: "a" }, { Key: "locked/a" }] },
      }),
    name: "AccessDenied",
    status: 403,
    message: /s3:DeleteObject on resource: "arn:aws:s3:::own-bucket\/locked\/a" with an explicit deny/,
  },
  {
    what: "another queue (JSON)",
    send: (given) =>
      new SQS(house.inTask(given)).sendMessage({ QueueUrl: queue("foreign"), MessageBody: "x" }),
    name: "AccessDeniedException",
    status: 400,
    message: because("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:foreign"),
  },
  {
    what: "another secret (JSON)",
    send: (given) => new SecretsManager(house.inTask(given)).getSecretValue({ SecretId: "foreign" }),
    name: "AccessDeniedException",
    status: 400,
    message:
      /secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:us-east-1:123456789012:secret:foreign-\w{6} /,
  },
  {
    what: "the list of secrets",
    send: (given) => new SecretsManager(house.inTask(given)).listSecrets({}),
    name: "AccessDeniedException",
    status: 400,
    message: because("secretsmanager:ListSecrets", "*"),
  },
  {
    what: "a parameter",
    send: (given) => new SSM(house.inTask(given)).getParameter({ Name: "/a/b" }),
    name: "AccessDeniedException",
    status: 400,
    message: because("ssm:GetParameter", "arn:aws:ssm:us-east-1:123456789012:parameter/a/b"),
  },
  {
    what: "another role (Query)",
    send: (given) =>
      new STS(house.inTask(given)).assumeRole({
        RoleArn: "arn:aws:iam::123456789012:role/app",
        RoleSessionName: "x",
      }),
    name: "AccessDenied",
    status: 403,
    message: because("sts:AssumeRole", "arn:aws:iam::123456789012:role/app"),
  },
  {
    what: "its own policies (Query)",
    send: (given) =>
      new IAM(house.inTask(given)).putRolePolicy({
        RoleName: "app",
        PolicyName: "all",
        PolicyDocument: "{}",
      }),
    name: "AccessDenied",
    status: 403,
    message: /iam:PutRolePolicy/,
  },
  {
    what: "a database (Query)",
    send: (given) =>
      new RDS(house.inTask(given)).deleteDBInstance({ DBInstanceIdentifier: "db", SkipFinalSnapshot: true }),
    name: "AccessDenied",
    status: 403,
    message: /rds:DeleteDBInstance/,
  },
  {
    what: "networks (EC2)",
    send: (given) => new EC2(house.inTask(given)).describeVpcs({}),
    name: "UnauthorizedOperation",
    status: 403,
    message: /ec2:DescribeVpcs/,
  },
  {
    what: "a schedule (REST-JSON)",
    send: (given) => new Scheduler(house.inTask(given)).deleteSchedule({ Name: "nightly" }),
    name: "AccessDeniedException",
    status: 403,
    message: because(
      "scheduler:DeleteSchedule",
      "arn:aws:scheduler:us-east-1:123456789012:schedule/default/nightly",
    ),
  },
];

async function failure(sent: Promise<unknown>) {
  const error: unknown = await sent.then(
    () => assert.fail("it was answered"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error);
  const status: unknown = Reflect.get(Object(Reflect.get(error, "$metadata")), "httpStatusCode");
  return { name: error.name, status, message: error.message };
}

for (const { what, send, name, status, message } of denied) {
  test(`denied: ${what}`, async () => {
    const found = await failure(send(keys));
    assert.equal(`${found.name} ${found.status}`, `${name} ${status}`, found.message);
    if (typeof message === "string") assert.equal(found.message, message);
    else assert.match(found.message, message);
  });
}

const strangers: readonly {
  readonly what: string;
  readonly given: (own: Keys) => Keys;
  readonly names: readonly string[];
}[] = [
  {
    what: "a key that nobody gave out",
    given: () => ({ accessKeyId: "AKIAUNKNOWNUNKNOWN00", secretAccessKey: "x" }),
    names: ["InvalidAccessKeyId 403", "UnrecognizedClientException 400", "InvalidClientTokenId 403"],
  },
  {
    what: "the key of the machine's own user",
    given: () => ({
      accessKeyId: "AKIALOCALAWSLOCALAWS",
      secretAccessKey: "local-aws/every-signature-is-taken-here",
    }),
    names: ["InvalidAccessKeyId 403", "UnrecognizedClientException 400", "InvalidClientTokenId 403"],
  },
  {
    what: "a session's key without its token",
    given: ({ accessKeyId, secretAccessKey }) => ({ accessKeyId, secretAccessKey }),
    names: ["InvalidAccessKeyId 403", "UnrecognizedClientException 400", "InvalidClientTokenId 403"],
  },
  {
    what: "a wrong secret",
    given: (right) => ({ ...right, secretAccessKey: "guessed" }),
    names: ["SignatureDoesNotMatch 403", "InvalidSignatureException 400", "SignatureDoesNotMatch 403"],
  },
];

for (const { what, given, names } of strangers) {
  test(`refused: ${what}`, async () => {
    const config = house.inTask(given(keys));
    const found = [
      await failure(new S3(config).getObject({ Bucket: "own-bucket", Key: "a/b c+d" })),
      await failure(new SQS(config).sendMessage({ QueueUrl: queue("own"), MessageBody: "x" })),
      await failure(new STS(config).getCallerIdentity({})),
    ];
    assert.deepEqual(
      found.map(({ name, status }) => `${name} ${status}`),
      names,
    );
  });
}

test("a policy that changes counts at the next call", async () => {
  const given = await house.assume("changing", [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }]);
  const list = () => new S3(house.inTask(given)).listObjectsV2({ Bucket: "own-bucket" });
  assert.equal((await failure(list())).name, "AccessDenied");
  await house.assume("changing", [{ Effect: "Allow", Action: "s3:List*", Resource: "*" }]);
  await list();
});

/** A request as a program writes it by hand. */
async function raw(method: string, path: string, headers: Readonly<Record<string, string>>, body = "") {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const outgoing = request({
    socketPath: house.taskSocket,
    method,
    path,
    headers: { host: "127.0.0.1:4577", ...headers },
  });
  outgoing.on("response", (answer) => {
    text(answer).then((content) => resolve({ status: answer.statusCode ?? 0, body: content }), reject);
  });
  outgoing.on("error", reject);
  outgoing.end(body);
  return promise;
}

const unsigned: readonly (readonly [string, string, Readonly<Record<string, string>>, string?])[] = [
  ["POST", "/moto-api/reset", {}],
  ["POST", "/moto-api/reset", { "content-type": "multipart/form-data; boundary=x" }],
  ["GET", "/moto-api/data.json", {}],
  ["GET", "/moto-api/x/.well-known/jwks.json", {}],
  ["OPTIONS", "/own-bucket/a", { origin: "http://x.localhost", "access-control-request-method": "PUT" }],
  ["GET", "/own-bucket/a", {}],
  ["GET", "/_local", {}],
  ["GET", "/v2/", {}],
  ["GET", "/", { "x-local-aws-key": "AKIALOCALAWSLOCALAWS" }],
  [
    "POST",
    "/",
    { "content-type": "application/x-www-form-urlencoded" },
    "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn:aws:iam::123456789012:role/app&RoleSessionName=x&WebIdentityToken=abcd",
  ],
];

for (const [method, path, headers, body] of unsigned) {
  test(`refused without a signature: ${method} ${path} ${Object.keys(headers).join(" ")}`, async () => {
    const answer = await raw(method, path, headers, body);
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${answer.body}`);
    assert.doesNotMatch(answer.body, /"secret"|SecretAccessKey/);
  });
}

test("after its session's end a key is refused", async () => {
  house.clock = {
    now: () => new Date(Date.now() + 2 * 3_600_000),
    at: () => () => {},
    sleep: async () => {},
  };
  const found = await failure(new STS(house.inTask(keys)).getCallerIdentity({}));
  assert.equal(found.name, "ExpiredToken");
  house.clock = { now: () => new Date(), at: () => () => {}, sleep: async () => {} };
});
