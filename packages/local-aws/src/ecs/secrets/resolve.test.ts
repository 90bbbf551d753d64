import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { resolveSecrets } from "./resolve.ts";

const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:s-AbCdEf";

/** Both stores, answering every call with the same JSON. */
async function withAnswer(
  status: number,
  body: object,
  run: (stores: Parameters<typeof resolveSecrets>[0]) => Promise<void>,
) {
  const server = createServer((_, response) => {
    response.writeHead(status, { "Content-Type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = {
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
  };
  try {
    await run({ secrets: new SecretsManager(client), ssm: new SSM(client) });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const resolve = (valueFrom: string) => (stores: Parameters<typeof resolveSecrets>[0]) =>
  resolveSecrets(stores, [{ name: "A", valueFrom }]);

test("a secret whole, one of its keys, and a key that is no text", async () => {
  await withAnswer(200, { SecretString: '{"a":"x","n":7}' }, async (stores) => {
    assert.deepEqual(await resolve(arn)(stores), { A: '{"a":"x","n":7}' });
    assert.deepEqual(await resolve(`${arn}:a::`)(stores), { A: "x" });
    assert.deepEqual(await resolve(`${arn}:n::`)(stores), { A: "7" });
  });
});

test("what is missing fails in AWS's words", async () => {
  const start = "^ResourceInitializationError: unable to pull secrets or registry auth: ";
  await withAnswer(200, { SecretString: "{}" }, async (stores) => {
    await assert.rejects(resolve(`${arn}:a::`)(stores), {
      message: new RegExp(`${start}.*did not contain json key a`),
    });
  });
  await withAnswer(200, { SecretString: "plain" }, async (stores) => {
    await assert.rejects(resolve(`${arn}:a::`)(stores), { message: /did not contain json key a/ });
  });
  await withAnswer(400, { __type: "ResourceNotFoundException", message: "gone" }, async (stores) => {
    await assert.rejects(resolve(arn)(stores), {
      message: new RegExp(`${start}.*ResourceNotFoundException: gone`),
    });
  });
  await withAnswer(200, { Parameters: [], InvalidParameters: ["/p"] }, async (stores) => {
    await assert.rejects(resolve("/p")(stores), { message: new RegExp(`${start}.*invalid parameters: /p`) });
  });
});
