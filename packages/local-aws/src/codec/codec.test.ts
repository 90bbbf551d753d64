import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { after, before, describe, test } from "node:test";
import { CloudFront } from "@aws-sdk/client-cloudfront";
import { ECR } from "@aws-sdk/client-ecr";
import { RDS } from "@aws-sdk/client-rds";
import { Scheduler } from "@aws-sdk/client-scheduler";
import { readBody } from "../front-door/body.ts";
import { sendWire } from "../front-door/problem.ts";
import { signatureOf } from "../front-door/signature.ts";
import { wireRequest } from "../front-door/wire-request.ts";
import { findPython } from "../moto/find-python.ts";
import { ServiceError } from "../service.ts";
import { AnswerFault, type Codec, createCodec } from "./codec.ts";
import { loadModel } from "./load-model.ts";
import { signingName } from "./model.ts";
import { config, exchanges } from "./testing/exchanges.ts";

describe("the codec against the AWS SDK for JavaScript", () => {
  let server: Server;
  let endpoint = "";
  let codecs: readonly Codec[] = [];
  let seen: unknown;
  let answer: object = {};

  before(async () => {
    const { models } = await findPython({ environment: process.env, calledFrom: tmpdir(), folder: tmpdir() });
    const names = [...new Set(exchanges.map(({ model }) => model))];
    codecs = await Promise.all(names.map(async (name) => createCodec(await loadModel(models, name))));
    server = createServer((request, response) => void exchange(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    assert.ok(typeof address === "object" && address !== null);
    endpoint = `http://127.0.0.1:${address.port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  async function exchange(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = wireRequest(incoming, await readBody(incoming, 1024 * 1024));
    const codec = codecFor(signatureOf(incoming)?.service);
    try {
      const match = codec.match(request);
      assert.ok(match !== undefined, `${codec.model.name} knows no ${request.method} ${request.path}`);
      seen = { operation: match.operation.name, input: codec.decode(match, request) };
      if (answer instanceof ServiceError) throw answer;
      sendWire(response, codec.encode(match.operation, answer, "request-1"));
    } catch (error) {
      const said = error instanceof ServiceError ? error : new ServiceError("TestFault", String(error), 400);
      sendWire(response, codec.encodeError(said, "request-1"));
    }
  }

  function codecFor(service: string | undefined): Codec {
    const codec = codecs.find(({ model }) => signingName(model) === service);
    assert.ok(codec !== undefined, `nobody signs as ${service}`);
    return codec;
  }

  for (const { model, operation, send, input, output } of exchanges) {
    test(`${model}.${operation} arrives as it was sent, and so does its answer`, async () => {
      answer = output;
      const { $metadata, ...received } = (await send(endpoint, input as never)) as Record<string, unknown>;
      assert.deepEqual(seen, { operation, input });
      assert.deepEqual(plain(received), output);
      assert.equal(($metadata as { requestId?: string }).requestId, "request-1");
    });
  }

  test("a missing member is refused by name, in the service's own code", async () => {
    const refused = new Scheduler(config(endpoint)).createSchedule({ Name: "n" } as never);
    await assert.rejects(refused, {
      name: "ValidationException",
      message: /'ScheduleExpression' failed to satisfy constraint: Member must not be null/,
    });
  });

  test("a member of another type is refused by name", async () => {
    const refused = new ECR(config(endpoint)).describeRepositories({ repositoryNames: "api" as never });
    await assert.rejects(refused, {
      name: "SerializationException",
      message: "repositoryNames must be a list",
    });
  });

  const refusals = [
    {
      send: () => new RDS(config(endpoint)).describeDBInstances({}),
      code: "DBInstanceNotFoundFault",
      status: 404,
    },
    {
      send: () => new CloudFront(config(endpoint)).getFunction({ Name: "f" }),
      code: "NoSuchFunctionExists",
      status: 404,
    },
    {
      send: () => new ECR(config(endpoint)).describeRepositories({}),
      code: "RepositoryNotFoundException",
      status: 400,
    },
    {
      send: () => new Scheduler(config(endpoint)).getSchedule({ Name: "n" }),
      code: "ResourceNotFoundException",
      status: 404,
    },
  ] as const;
  for (const { send, code, status } of refusals) {
    test(`${code} reaches the client under its own class, with the model's status`, async () => {
      answer = new ServiceError(code, "not here");
      await assert.rejects(send(), (error: Error & { $metadata?: { httpStatusCode?: number } }) => {
        assert.equal(error.message, "not here");
        assert.equal(error.$metadata?.httpStatusCode, status);
        // Query services have an error code beside the shape's name; the client's class goes by either.
        assert.match(error.name, new RegExp(`^${code.replace(/Fault$/, "")}`));
        return true;
      });
    });
  }

  test("an answer that the model does not allow is a fault of ours", () => {
    const codec = codecFor("ecr");
    const operation = codec.model.operations["DescribeRepositories"];
    assert.ok(operation !== undefined);
    const wrong = { repositories: [{ repositoryName: 7 }], oops: true };
    assert.throws(() => codec.encode(operation, wrong, "r"), {
      name: new AnswerFault("").name,
      message: /repositories\[0\]\.repositoryName: no string, oops: not in the model/,
    });
  });
});

/** What the client read, without what it adds: its own classes become plain objects. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(present.map(([key, item]) => [key, plain(item)]));
}
