import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, beforeEach, describe, test } from "node:test";
import { testSettings } from "../../test/testing/test-settings.ts";
import { findPython } from "../moto/find-python.ts";
import type { HttpPlane, OwnService } from "../service.ts";
import { createFaults } from "./faults.ts";
import { createFrontDoor } from "./front-door.ts";
import { closeServer } from "./listen.ts";
import { createLocalPage } from "./local-page.ts";
import { openModels } from "./models.ts";
import { serve } from "./own-services.ts";
import {
  app,
  calls,
  form,
  type Headers,
  multipart,
  pages,
  presigned,
  type Sent,
  signed,
} from "./testing/page-calls.ts";

describe("pages of a browser", () => {
  let folder = "";
  let door: Server;
  let moto: Server;
  let reached: string[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "pages-"));
    const python = await findPython({ environment: process.env, calledFrom: folder, folder });
    moto = createServer((request, response) => {
      reached.push(`${request.method} ${request.url}`);
      request.resume();
      const liberal = {
        "access-control-allow-origin": "*",
        "access-control-allow-credentials": "true",
        vary: "Cookie",
      };
      request.on("end", () => response.writeHead(200, liberal).end("moto"));
    });
    moto.listen(join(folder, "moto.sock"));
    const status = { endpoint: "", folder, pid: 1, region: "", accountId: "", services: [] };
    const actions = { shutdown: () => {}, faults: createFaults(), kill: async () => [] };
    const silent = { info: () => {}, warn: () => {} };
    door = createFrontDoor({
      settings: testSettings(folder),
      served: await serve([ecs], python.models),
      planes: [planeOf("/plane"), planeOf("/site", "all"), createLocalPage(status, "right", actions)],
      models: openModels(python.models),
      moto: join(folder, "moto.sock"),
      isPublic: async (bucket, key) => bucket === "open" && key === "key",
      corsOf: async (bucket) => (["bucket", "open"].includes(bucket) ? rules : []),
      log: silent,
      calls: silent,
    });
    door.listen(0, "127.0.0.1");
    await once(door, "listening");
  });
  after(async () => {
    await closeServer(door);
    await closeServer(moto);
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    reached = [];
  });

  const ecs: OwnService = {
    model: "ecs",
    moto: false,
    operations: {
      ListClusters: async () => {
        reached.push("ListClusters");
        return { clusterArns: [] };
      },
    },
  };
  const planeOf = (path: string, pages?: "all"): HttpPlane => ({
    ...(pages === undefined ? {} : { pages }),
    claims: ({ url }) => url === path,
    serve: async (_request, response) => {
      reached.push(path);
      response.end("plane");
    },
  });

  async function send({ method, path = "/", headers = {}, body = "" }: Sent, more: Headers = {}) {
    const address = door.address();
    assert.ok(typeof address === "object" && address !== null);
    const all = { ...headers, ...more };
    const outgoing = httpRequest({ port: address.port, host: "127.0.0.1", method, path, headers: all });
    outgoing.end(body);
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
  }

  for (const [call, sent] of Object.entries(calls)) {
    for (const [page, headers] of Object.entries(pages)) {
      test(`${page} is refused: ${call}`, async () => {
        const answer = await send(sent, headers);
        assert.equal(answer.status, 403, answer.body);
        assert.equal(answer.headers["access-control-allow-origin"], undefined);
        assert.deepEqual(reached, []);
      });
    }
    test(`a program is answered: ${call}`, async () => {
      const { status } = await send(sent, { "sec-fetch-mode": "cors" });
      assert.equal(status, call === "a private object" ? 403 : 200);
    });
  }

  for (const [page, headers] of Object.entries(pages)) {
    test(`a site is for everybody: ${page}`, async () => {
      assert.equal((await send({ method: "GET", path: "/site" }, headers)).body, "plane");
    });
  }

  const object = `/bucket/key?${presigned("s3")}`;
  const exceptions: readonly (Sent & {
    readonly name: string;
    readonly page: Headers;
    readonly allows?: string;
  })[] = [
    {
      name: "a presigned upload from the page that the bucket names",
      method: "PUT",
      path: object,
      page: { origin: app, "sec-fetch-site": "cross-site" },
      allows: app,
    },
    {
      name: "a presigned download from the page that the bucket names",
      method: "GET",
      path: object,
      page: { origin: app, "sec-fetch-site": "cross-site" },
      allows: app,
    },
    {
      name: "a presigned image",
      method: "GET",
      path: object,
      page: { "sec-fetch-site": "cross-site", "sec-fetch-dest": "image" },
    },
    {
      name: "a typed presigned address",
      method: "GET",
      path: object,
      page: { "sec-fetch-site": "none", "sec-fetch-mode": "navigate" },
    },
    {
      name: "a form that bears its signature",
      method: "POST",
      path: "/bucket",
      headers: multipart,
      page: { origin: app, "sec-fetch-site": "cross-site" },
      allows: app,
    },
    {
      name: "a public object that a page shows",
      method: "GET",
      path: "/open/key",
      page: { "sec-fetch-site": "cross-site" },
    },
    {
      name: "a public object that a page reads",
      method: "GET",
      path: "/open/key",
      page: { origin: app, "sec-fetch-site": "cross-site" },
      allows: app,
    },
    {
      name: "signing in",
      method: "POST",
      headers: { "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" },
      body: "{}",
      page: { origin: "https://a.example", "sec-fetch-site": "cross-site" },
      allows: "*",
    },
    {
      name: "the keys of a user pool",
      method: "GET",
      path: "/us-east-1_a/.well-known/jwks.json",
      page: { origin: "https://a.example" },
      allows: "*",
    },
  ];
  for (const { name, page, allows, ...sent } of exceptions) {
    test(`is let in: ${name}`, async () => {
      const answer = await send(sent, page);
      assert.equal(answer.status, 200, answer.body);
      assert.equal(answer.headers["access-control-allow-origin"], allows);
      assert.equal(reached.length, 1);
    });
  }

  const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  const notExceptions: readonly (Sent & { readonly name: string; readonly page: Headers })[] = [
    {
      name: "a presigned upload from a page that the bucket does not name",
      method: "PUT",
      path: object,
      page: foreign,
    },
    {
      name: "a presigned upload without an origin",
      method: "PUT",
      path: object,
      page: { "sec-fetch-site": "cross-site" },
    },
    { name: "a method that the bucket does not name", method: "DELETE", path: object, page: { origin: app } },
    {
      name: "a bucket without rules",
      method: "GET",
      path: `/other/key?${presigned("s3")}`,
      page: { origin: app },
    },
    {
      name: "a form from a page that the bucket does not name",
      method: "POST",
      path: "/bucket",
      headers: multipart,
      page: foreign,
    },
    {
      name: "a signed call from the page that the bucket names",
      method: "GET",
      path: "/bucket/key",
      headers: signed("s3"),
      page: { origin: app },
    },
    {
      name: "an operation of Cognito that needs a signature",
      method: "POST",
      headers: { "x-amz-target": "AWSCognitoIdentityProviderService.ListUsers" },
      body: "{}",
      page: foreign,
    },
  ];
  for (const { name, page, ...sent } of notExceptions) {
    test(`is refused: ${name}`, async () => {
      const answer = await send(sent, page);
      assert.ok(answer.status === 403 || answer.status === 400, answer.body);
      assert.equal(answer.headers["access-control-allow-origin"], undefined);
      assert.deepEqual(reached, []);
    });
  }

  const asks = (method: string, headers?: string): Headers => ({
    "access-control-request-method": method,
    ...(headers === undefined ? {} : { "access-control-request-headers": headers }),
  });
  const preflights: readonly {
    readonly name: string;
    readonly path: string;
    readonly headers: Headers;
    readonly allows?: string;
  }[] = [
    {
      name: "a bucket's rule",
      path: object,
      headers: { origin: app, ...asks("PUT", "content-type, x-amz-meta-a") },
      allows: app,
    },
    {
      name: "a header that no rule names",
      path: object,
      headers: { origin: app, ...asks("PUT", "authorization") },
    },
    { name: "another page", path: object, headers: { ...foreign, ...asks("PUT") } },
    { name: "another bucket", path: "/other/key", headers: { origin: app, ...asks("PUT") } },
    { name: "no origin", path: object, headers: asks("PUT") },
    {
      name: "an unsigned operation",
      path: "/",
      headers: { origin: "https://a.example", ...asks("POST", "content-type,x-amz-target") },
      allows: "*",
    },
    {
      name: "a signed operation",
      path: "/",
      headers: { origin: app, ...asks("POST", "authorization,x-amz-target") },
    },
    { name: "another method at the root", path: "/", headers: { origin: app, ...asks("DELETE") } },
    {
      name: "a call of a REST protocol",
      path: "/2020-05-31/distribution",
      headers: { origin: app, ...asks("POST") },
    },
    {
      name: "the local page",
      path: "/_local/faults",
      headers: { ...foreign, ...asks("POST", "authorization") },
    },
  ];
  for (const { name, path, headers, allows } of preflights) {
    test(`a preflight is answered as it should be: ${name}`, async () => {
      const answer = await send({ method: "OPTIONS", path, headers });
      assert.equal(answer.headers["access-control-allow-origin"], allows);
      assert.equal(answer.status === 200, allows !== undefined, answer.body);
      assert.deepEqual(reached, []);
    });
  }

  const local = { method: "GET", path: "/_local?token=right" };
  const visitors: readonly { readonly name: string; readonly headers: Headers; readonly status: number }[] = [
    { name: "a program", headers: {}, status: 200 },
    {
      name: "a typed address",
      headers: { "sec-fetch-site": "none", "sec-fetch-mode": "navigate" },
      status: 200,
    },
    { name: "its own page", headers: { "sec-fetch-site": "same-origin" }, status: 200 },
    { name: "another page", headers: { "sec-fetch-site": "cross-site" }, status: 403 },
    { name: "a page of another port", headers: { "sec-fetch-site": "same-site" }, status: 403 },
    { name: "another origin", headers: { origin: app }, status: 403 },
  ];
  for (const { name, headers, status } of visitors) {
    test(`the local page is ${status === 200 ? "shown to" : "kept from"} ${name}`, async () => {
      assert.equal((await send(local, headers)).status, status);
    });
  }

  const byGet: readonly { readonly name: string; readonly sent: Sent }[] = [
    { name: "a query", sent: { method: "GET", path: `/?Action=DeleteDBInstance&${presigned("rds")}` } },
    {
      name: "a query by HEAD",
      sent: { method: "HEAD", path: `/?Action=CreateDBParameterGroup&${presigned("rds")}` },
    },
    {
      name: "a query that moto answers",
      sent: { method: "GET", path: "/?Action=CreateUser", headers: signed("iam") },
    },
    {
      name: "a query of EC2",
      sent: { method: "GET", path: "/?Action=TerminateInstances", headers: signed("ec2") },
    },
    {
      name: "a second action",
      sent: { method: "GET", path: `/?Action=DescribeVpcs&Action=DeleteVpc`, headers: signed("ec2") },
    },
    {
      name: "a form as the body",
      sent: {
        method: "GET",
        headers: { ...signed("iam"), ...form, "content-length": "17" },
        body: "Action=DeleteUser",
      },
    },
    {
      name: "a target",
      sent: {
        method: "GET",
        headers: { ...signed("ecs"), "x-amz-target": "AmazonEC2ContainerServiceV20141113.ListClusters" },
      },
    },
    {
      name: "CBOR",
      sent: {
        method: "GET",
        path: "/service/G/operation/PutMetricData",
        headers: { ...signed("monitoring"), "smithy-protocol": "rpc-v2-cbor" },
      },
    },
  ];
  for (const { name, sent } of byGet) {
    test(`nothing is changed by GET: ${name}`, async () => {
      assert.equal((await send(sent)).status, 405);
      assert.deepEqual(reached, []);
    });
  }
});

const rules = [
  {
    AllowedOrigins: ["http://*.cloudfront.localhost:4577"],
    AllowedMethods: ["GET", "PUT", "POST"],
    AllowedHeaders: ["Content-Type", "x-amz-*"],
    ExposeHeaders: ["ETag"],
    MaxAgeSeconds: 60,
  },
];
