import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { EC2 } from "@aws-sdk/client-ec2";
import { type Caller, commandCaller, sdkCaller, type Told } from "./agreement/clients.ts";
import { comparable, inputFor } from "./agreement/compare.ts";
import { ecrRows, ecsRows } from "./agreement/containers.ts";
import { elastiCacheRows, rdsRows } from "./agreement/databases.ts";
import type { Expected, Row } from "./agreement/row.ts";
import { cloudFrontRows, elbRows, schedulerRows, unknownRows } from "./agreement/traffic.ts";
import { type Instance, openInstance } from "./testing/instance.ts";

/** A client of AWS with the word for its own things and what it was answered so far. */
interface Client {
  readonly word: string;
  readonly call: Caller;
  readonly earlier: Map<string, unknown>;
}

const tables = (vpcId: string): readonly Row[] => [
  ...ecsRows,
  ...ecrRows,
  ...elbRows(vpcId),
  ...cloudFrontRows,
  ...rdsRows,
  ...elastiCacheRows,
  ...schedulerRows,
  ...unknownRows,
];

describe("the aws command and the SDK are told the same", () => {
  let instance: Instance;
  let rows: readonly Row[];
  let command: Client;
  let sdk: Client;

  before(async () => {
    instance = await openInstance();
    await writeFile(`${instance.folder}/aws-config`, "[default]\ncli_timestamp_format = iso8601\n");
    const { Vpc } = await new EC2(instance.client).createVpc({ CidrBlock: "10.30.0.0/16" });
    rows = tables(Vpc?.VpcId ?? "");
    command = { word: "commandthing", call: commandCaller(instance), earlier: new Map() };
    sdk = { word: "developthing", call: sdkCaller(instance), earlier: new Map() };
  });
  after(() => instance?.close());

  for (const [index, { service, operation, expected }] of tables("").entries()) {
    const outcome = expected.kind === "error" ? expected.code : "an answer";
    test(`${service} ${operation}: ${outcome}`, async () => {
      const row = rows[index];
      assert.ok(row !== undefined);
      const [byCommand, bySdk] = await Promise.all([make(command, row), make(sdk, row)]);
      assertExpected(byCommand, row.expected, "code");
      assertExpected(bySdk, row.expected, "name");
      if (row.expected.kind === "answer") assert.deepEqual(byCommand, bySdk);
    });
  }

  test("sixty calls of our own services at the least", () => {
    assert.ok(rows.length - unknownRows.length >= 60, `${rows.length - unknownRows.length}`);
  });

  test("what nobody implements is a 501", async () => {
    const call = (headers: Record<string, string>) =>
      fetch(instance.client.endpoint, { method: "POST", headers, body: "{}" });
    const scope = "20260101/us-east-1/ecs/aws4_request";
    const answer = await call({
      authorization: `AWS4-HMAC-SHA256 Credential=AKIA/${scope}, SignedHeaders=host, Signature=0`,
      "x-amz-target": "AmazonEC2ContainerServiceV20141113.DeleteAttributes",
    });
    assert.equal(answer.status, 501);
    assert.match(await answer.text(), /ecs\.DeleteAttributes is not implemented/);
  });
});

/** Makes a row's call; the answer is kept as it came, and given in a form both clients should have alike. */
async function make({ word, call, earlier }: Client, { service, operation, input }: Row): Promise<Told> {
  const asked = typeof input === "function" ? input((name) => earlier.get(`${service}.${name}`)) : input;
  const told = await call(service, operation, inputFor(word, asked));
  if (told.kind === "error") return { ...told, message: String(comparable(word, told.message)) };
  earlier.set(`${service}.${operation}`, told.value);
  return { kind: "answer", value: comparable(word, told.value) };
}

/** `spelling` is what a client calls an error: its code on the wire, or the name of the SDK's class. */
function assertExpected(told: Told, expected: Expected, spelling: "code" | "name"): void {
  if (expected.kind === "error") {
    assert.equal(told.kind, "error", JSON.stringify(told));
    assert.deepEqual(told.kind === "error" && told.code, expected[spelling]);
    assert.match(told.kind === "error" ? told.message : "", expected.message);
  } else {
    assert.ok(told.kind === "answer", JSON.stringify(told));
    // An operation without an answer must have none: nothing is a part of everything.
    if (Object.keys(expected.members).length === 0) assert.deepEqual(told.value, {});
    assert.partialDeepStrictEqual(told.value, expected.members);
  }
}
