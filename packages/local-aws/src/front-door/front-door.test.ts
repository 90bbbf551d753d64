import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, beforeEach, describe, test } from "node:test";
import { testSettings } from "../../test/testing/test-settings.ts";
import { findPython } from "../moto/find-python.ts";
import type { Log } from "../platform.ts";
import { askMoto, type HttpPlane, type OwnService, ServiceError } from "../service.ts";
import { createFrontDoor } from "./front-door.ts";
import { closeServer } from "./listen.ts";
import { openModels } from "./models.ts";
import { serve } from "./own-services.ts";

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});
const json = (target: string, service: string) => ({ ...signed(service), "x-amz-target": target });
const form = { "content-type": "application/x-www-form-urlencoded" };

describe("the front door", () => {
  let folder = "";
  let door: Server;
  let moto: Server;
  let motoSaw: { request: IncomingMessage; bytes: number } | undefined;
  const lines: { service?: unknown; operation?: unknown; by?: unknown; status?: unknown }[] = [];
  const warnings: string[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "door-"));
    const python = await findPython({ environment: process.env, calledFrom: folder, folder });
    moto = fakeMoto((saw) => {
      motoSaw = saw;
    });
    moto.listen(join(folder, "moto.sock"));
    const calls: Log = { info: (_message, details) => lines.push(details ?? {}), warn: () => {} };
    const log: Log = { info: () => {}, warn: (message) => warnings.push(message) };
    door = createFrontDoor({
      settings: testSettings(folder),
      served: await serve(services, python.models),
      planes: [plane],
      models: openModels(python.models),
      moto: join(folder, "moto.sock"),
      isPublic: async (bucket, key) => bucket === "open" && key === "a/b c",
      corsOf: async () => [],
      log,
      calls,
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
    motoSaw = undefined;
    lines.length = 0;
  });

  const port = (): number => {
    const address = door.address();
    assert.ok(typeof address === "object" && address !== null);
    return address.port;
  };

  async function send({ method = "POST", path = "/", headers = {}, body = "" }: Sent) {
    const outgoing = httpRequest({ port: port(), host: "127.0.0.1", method, path, headers });
    outgoing.end(body);
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
  }

  test("a call of our own service is answered by its operation, with who called and where", async () => {
    const answer = await send({
      headers: json("AmazonEC2ContainerServiceV20141113.ListClusters", "ecs"),
      body: "{}",
    });
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(answer.body), { clusterArns: ["AKIA of 123456789012 in eu-west-1"] });
    assert.equal(motoSaw, undefined);
    assert.partialDeepStrictEqual(await nextLine(), {
      service: "ecs",
      operation: "ListClusters",
      by: "own",
      status: 200,
    });
  });

  const unsigned: readonly (Sent & {
    readonly name: string;
    readonly status: number;
    readonly says: RegExp;
  })[] = [
    {
      name: "of the JSON protocol",
      headers: { "x-amz-target": "AmazonEC2ContainerServiceV20141113.ListClusters" },
      body: "{}",
      status: 400,
      says: /"__type":"MissingAuthenticationTokenException"/,
    },
    {
      name: "of the Query protocol",
      headers: form,
      body: "Action=GetCallerIdentity&Version=2011-06-15",
      status: 403,
      says: /<Error><Type>Sender<\/Type><Code>MissingAuthenticationToken<\/Code>/,
    },
    { name: "to S3", method: "GET", path: "/closed/key", status: 403, says: /<Code>AccessDenied<\/Code>/ },
    { name: "that lists buckets", method: "GET", path: "/", status: 403, says: /<Code>AccessDenied<\/Code>/ },
    { name: "that writes", method: "PUT", path: "/open/a/b%20c", status: 403, says: /AccessDenied/ },
  ];
  for (const { name, status, says, ...sent } of unsigned) {
    test(`an unsigned call ${name} is refused as AWS refuses it`, async () => {
      const answer = await send(sent);
      assert.equal(answer.status, status);
      assert.match(answer.body, says);
      assert.equal(motoSaw, undefined);
    });
  }

  const open: readonly (Sent & { readonly name: string })[] = [
    { name: "a public object", method: "GET", path: "/open/a/b%20c" },
    {
      name: "a public object by its bucket's host",
      method: "HEAD",
      path: "/a/b%20c",
      headers: { host: "open.localhost" },
    },
    {
      name: "a presigned URL of the second version",
      method: "GET",
      path: "/b/k?AWSAccessKeyId=A&Signature=s&Expires=1",
    },
    {
      name: "a signature of the second version",
      method: "GET",
      path: "/b/k",
      headers: { authorization: "AWS A:c2ln" },
    },
    {
      name: "an upload by a form that bears its signature",
      path: "/bucket",
      headers: { "content-type": "multipart/form-data; boundary=x" },
    },
    { name: "the keys of a user pool", method: "GET", path: "/us-east-1_a/.well-known/jwks.json" },
    {
      name: "AssumeRoleWithWebIdentity",
      headers: form,
      body: "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&WebIdentityToken=x",
    },
    {
      name: "signing in to a user pool",
      headers: { "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" },
      body: "{}",
    },
  ];
  for (const { name, ...sent } of open) {
    test(`without a signature of the fourth version goes on: ${name}`, async () => {
      assert.equal((await send(sent)).status, 200);
      assert.notEqual(motoSaw, undefined);
    });
  }

  test("a SigV4A scope, which has no region, is read as well", async () => {
    const authorization =
      "AWS4-ECDSA-P256-SHA256 Credential=AKIA/20260101/cloudfront-keyvaluestore/aws4_request";
    const path = `/key-value-stores/${encodeURIComponent("arn:aws:cloudfront::1:key-value-store/a")}/keys/k%2Fl`;
    const headers = { authorization, host: `123456789012.localhost:${port()}` };
    const answer = await send({ method: "GET", path, headers });
    assert.deepEqual(JSON.parse(answer.body), { Key: "k/l", Value: "v", ItemCount: 1, TotalSizeInBytes: 2 });
  });

  test("an operation that our own service lacks is a 501 with its name", async () => {
    const answer = await send({
      headers: json("AmazonEC2ContainerServiceV20141113.DeleteCluster", "ecs"),
      body: "{}",
    });
    assert.equal(answer.status, 501);
    assert.equal(JSON.parse(answer.body).message, "ecs.DeleteCluster is not implemented");
    assert.ok(warnings.includes("ecs.DeleteCluster is not implemented"));
    assert.equal(motoSaw, undefined);
  });

  test("where a service is shared with moto, the rest goes there, body and all", async () => {
    const body = "Action=CreateRule&Version=2015-12-01&Priority=1";
    const headers = { ...signed("elasticloadbalancing"), ...form };
    const answer = await send({ headers, body });
    assert.equal(answer.body, "moto");
    assert.equal(motoSaw?.bytes, body.length);
    assert.equal((await nextLine()).by, "moto");
  });

  test("an operation of ours may leave the answer to moto", async () => {
    const body = "Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn=ask";
    assert.equal(
      (await send({ headers: { ...signed("elasticloadbalancing"), ...form }, body })).body,
      "moto",
    );
    assert.equal(motoSaw?.bytes, body.length);
  });

  test("the older generation of a service that signs alike is not ours", async () => {
    const body = "Action=DescribeLoadBalancers&Version=2012-06-01";
    assert.equal(
      (await send({ headers: { ...signed("elasticloadbalancing"), ...form }, body })).body,
      "moto",
    );
  });

  test("other services go to moto with their Host, streaming", async () => {
    const body = Buffer.alloc(100_000_000, 7);
    const before = process.memoryUsage().arrayBuffers;
    const answer = await send({ method: "PUT", path: "/bucket/key?x=1", headers: signed("s3"), body });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["x-kept"], "yes");
    assert.equal(motoSaw?.bytes, body.length);
    assert.equal(motoSaw.request.headers.host, `127.0.0.1:${port()}`);
    assert.equal(motoSaw.request.url, "/bucket/key?x=1");
    assert.ok(process.memoryUsage().arrayBuffers - before < 80_000_000, "the body was held in memory");
  });

  test("a presigned URL is known by its query", async () => {
    const scope = encodeURIComponent("AKIA/20260101/us-east-1/s3/aws4_request");
    await send({ method: "GET", path: `/bucket/key?X-Amz-Credential=${scope}` });
    assert.partialDeepStrictEqual(await nextLine(), { service: "s3", by: "moto" });
  });

  const lacking = [
    {
      name: "a form",
      headers: { ...signed("iam"), ...form },
      body: "Action=GetServiceLinkedRole",
      says: "iam.GetServiceLinkedRole",
    },
    {
      name: "a target",
      headers: json("AmazonSSM.GetInventory", "ssm"),
      body: "{}",
      says: "ssm.GetInventory",
    },
    {
      name: "a path",
      method: "PUT",
      path: "/missing?accelerate",
      headers: signed("s3"),
      says: "s3.PutBucketAccelerateConfiguration",
    },
  ];
  for (const { name, says, ...sent } of lacking) {
    test(`what moto lacks is a 501 with the name that ${name} says`, async () => {
      const answer = await send({ ...sent, headers: { ...sent.headers, "x-test": "missing" } });
      assert.equal(answer.status, 501);
      assert.match(answer.body, new RegExp(`${says} is not implemented`));
      assert.ok(warnings.includes(`${says} is not implemented`));
    });
  }

  test("a crash of moto is no answer of AWS", async () => {
    const answer = await send({
      headers: { ...json("AmazonSSM.GetParameter", "ssm"), "x-test": "fault" },
      body: "{}",
    });
    assert.equal(answer.status, 500);
    assert.match(JSON.parse(answer.body).message, /moto: KeyError: 'x'/);
  });

  test("a fault of ours says so, an error of ours is AWS's", async () => {
    const ecs = (operation: string) => json(`AmazonEC2ContainerServiceV20141113.${operation}`, "ecs");
    const fault = await send({ headers: ecs("DescribeClusters"), body: "{}" });
    assert.equal(fault.status, 500);
    assert.match(fault.body, /local-aws: nothing there/);
    const error = await send({ headers: ecs("DescribeServices"), body: '{"services":["a"]}' });
    assert.deepEqual([error.status, JSON.parse(error.body).__type], [400, "ClusterNotFoundException"]);
  });

  test("a data plane comes before everything, and takes upgrades", async () => {
    const answer = await send({
      method: "GET",
      path: "/",
      headers: { host: "site.example", ...signed("ecs") },
    });
    assert.equal(answer.body, "plane");
    const socket = connect(port(), "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: site.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    assert.match(await text(socket), /^HTTP\/1.1 101/);
  });

  test("an upgrade that no plane takes is refused", async () => {
    const socket = connect(port(), "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    assert.match(await text(socket), /^HTTP\/1.1 400/);
  });

  for (const host of [
    "evil.example",
    "localhost.evil.example",
    "s3.amazonaws.com",
    "192.0.2.1",
    "0.0.0.0",
    "[::2]",
  ]) {
    test(`the host ${host} is refused`, async () => {
      const answer = await send({ headers: { ...signed("s3"), host } });
      assert.equal(answer.status, 403);
      assert.match(answer.body, /^<\?xml [^>]*>\s*<Error><Code>InvalidHost<\/Code>/);
      assert.equal(motoSaw, undefined);
    });
  }

  for (const host of ["localhost", "s3.localhost:4577", "127.0.0.1", "127.1.2.3:80", "[::1]:4577"]) {
    test(`the host ${host} is ours`, async () => {
      assert.equal((await send({ headers: { ...signed("s3"), host } })).status, 200);
    });
  }

  test("a problem of EC2 is told in EC2's form", async () => {
    const headers = { ...signed("ec2"), ...form, "x-test": "missing" };
    const answer = await send({ headers, body: "Action=DescribeVpcs&Version=2016-11-15" });
    assert.match(answer.body, /<Response><Errors><Error><Code>NotImplemented<\/Code>/);
  });

  /** A call is logged once its response is through, which the client may see first. */
  async function nextLine() {
    while (lines[0] === undefined) await new Promise((resolve) => setImmediate(resolve));
    return lines[0];
  }
});

const services: readonly OwnService[] = [
  {
    model: "ecs",
    moto: false,
    operations: {
      ListClusters: async (_input, call) => ({
        clusterArns: [`${call.accessKeyId} of ${call.accountId} in ${call.region}`],
      }),
      DescribeClusters: async () => {
        throw new TypeError("nothing there");
      },
      DescribeServices: async () => {
        throw new ServiceError("ClusterNotFoundException", "Cluster not found.");
      },
    },
  },
  { model: "elbv2", moto: true, operations: { DescribeTargetHealth: async () => askMoto } },
  {
    model: "cloudfront-keyvaluestore",
    moto: false,
    operations: { GetKey: async ({ Key }) => ({ Key, Value: "v", ItemCount: 1, TotalSizeInBytes: 2 }) },
  },
];

const plane: HttpPlane = {
  claims: (request) => request.headers.host === "site.example",
  serve: async (_request, response) => {
    response.end("plane");
  },
  upgrade: (_request, socket) => {
    socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n");
  },
};

/** Answers as the launcher does: by its own headers where it has no answer. */
function fakeMoto(seen: (saw: { request: IncomingMessage; bytes: number }) => void): Server {
  return createServer(async (request, response) => {
    let bytes = 0;
    for await (const chunk of request) bytes += chunk.length;
    seen({ request, bytes });
    const kind = request.headers["x-test"];
    if (kind === "missing") response.writeHead(501, { "x-local-aws-missing": "moto" }).end();
    else if (kind === "fault") response.writeHead(500, { "x-local-aws-fault": "moto" }).end("KeyError: 'x'");
    else response.writeHead(200, { "x-kept": "yes", connection: "close" }).end("moto");
  });
}
