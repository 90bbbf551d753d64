import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { CloudFront } from "@aws-sdk/client-cloudfront";
import { S3 } from "@aws-sdk/client-s3";
import { WebSocket, WebSocketServer } from "ws";
import { openEdgeHouse } from "./edge-house.ts";
import {
  ask,
  createBalancer,
  createPublicBalancer,
  createSite,
  deregister,
  keyValueClient,
  type Site,
} from "./edge-scene.ts";
import { eventually } from "./testing/test-network.ts";

test("a distribution in front of a bucket and a load balancer", { timeout: 120_000 }, async (t) => {
  const access = await openEdgeHouse(t);
  const api = await startBackend(t, answerApi);
  const balancerArn = await createBalancer(access, api);
  const site = await createSite(access, balancerArn);
  const { get } = site;
  await t.test("routes and files of the site come from the release that the store names", async () => {
    const home = await get("/");
    assert.deepEqual([home.status, home.body], [200, "<h1>one</h1>"]);
    assert.equal(home.headers["x-content-type-options"], "nosniff");
    assert.equal((await get("/orders/7")).body, "<h1>one</h1>");
    const missing = await get("/assets/app-old.js");
    assert.equal(missing.status, 404);
    assert.match(missing.body, /NoSuchKey/);
    assert.equal(missing.headers["x-cache"], "Error from cloudfront");
  });
  await t.test("a hashed asset is cached with its headers, in parts and by version", async () => {
    const [first, again] = [await get("/assets/app-1.js"), await get("/assets/app-1.js")];
    assert.deepEqual(
      [first.headers["x-cache"], again.headers["x-cache"]],
      ["Miss from cloudfront", "Hit from cloudfront"],
    );
    assert.equal(again.headers["cache-control"], "public, max-age=31536000, immutable");
    assert.equal(again.headers["content-type"], "text/javascript");
    assert.equal(again.headers["age"], "0");
    const part = await get("/assets/app-1.js", { headers: { Range: "bytes=0-6" } });
    assert.deepEqual([part.status, part.body], [206, "console"]);
    const known = await get("/assets/app-1.js", { headers: { "If-None-Match": String(first.headers.etag) } });
    assert.deepEqual([known.status, known.body], [304, ""]);
    assert.equal((await get("/assets/app-1.js", { method: "HEAD" })).body, "");
  });
  await t.test(
    "the API gets what the viewer sent and our header; its errors arrive as they are",
    async () => {
      const echo = await get("/api/echo?a=1&b=2", { headers: { Cookie: "id=7", "X-Environment": "forged" } });
      const said = JSON.parse(echo.body);
      assert.equal(said.url, "/api/echo?a=1&b=2");
      assert.equal(said.headers["x-environment"], "production");
      assert.equal(said.headers["cookie"], "id=7");
      assert.equal(said.headers["host"], site.host);
      assert.match(said.headers["x-forwarded-for"], /^127\.0\.0\.1, 127\.0\.0\.1$/);
      for (const status of [404, 500, 403]) {
        const answer = await get(`/api/status/${status}`);
        assert.deepEqual([answer.status, answer.body], [status, `status ${status}`]);
      }
      assert.equal((await get("/api/count")).body, "1");
      assert.equal((await get("/api/count")).body, "2");
      const posted = await get("/api/echo", { method: "POST" });
      assert.equal(posted.status, 200);
    },
  );
  await t.test(
    "what no behaviour allows is refused, another path meets the load balancer's default",
    async () => {
      assert.equal((await get("/", { method: "POST" })).status, 403);
      assert.deepEqual([(await get("/apiary")).status, (await get("/apiary")).body], [200, "<h1>one</h1>"]);
    },
  );
  await t.test("one write of a key flips the release", async () => {
    const keys = keyValueClient(access);
    const { ETag } = await keys.describeKeyValueStore({ KvsARN: site.storeArn });
    await keys.putKey({ KvsARN: site.storeArn, Key: "site", Value: "two", IfMatch: ETag });
    assert.equal((await get("/")).body, "<h1>two</h1>");
    await assert.rejects(keys.putKey({ KvsARN: site.storeArn, Key: "site", Value: "x", IfMatch: ETag }), {
      name: "ConflictException",
    });
  });
  await t.test("an invalidation empties the cache", async () => {
    const path = "/assets/app-2.js";
    await get(path);
    assert.equal((await get(path)).headers["x-cache"], "Hit from cloudfront");
    await new CloudFront(access).createInvalidation({
      DistributionId: site.distributionId,
      InvalidationBatch: { CallerReference: "1", Paths: { Quantity: 1, Items: ["/releases/two/*"] } },
    });
    assert.equal((await get(path)).headers["x-cache"], "Miss from cloudfront");
  });
  await t.test("a bucket whose policy does not name the distribution answers 403", async () => {
    await new S3({ ...access, forcePathStyle: true }).deleteBucketPolicy({ Bucket: "site" });
    await sleep(1100);
    assert.equal((await get("/favicon.ico")).status, 403);
  });
  await t.test("a WebSocket reaches the API through the distribution", () => checkWebSocket(site));
  await t.test(
    "an internet-facing load balancer answers under its own name, an internal one does not",
    async () => {
      const name = await createPublicBalancer(access);
      // Until the router has read what was made, the name is nobody's.
      const open = await eventually(
        () => ask(access.port, name, "/"),
        ({ body }) => body === "public",
      );
      assert.deepEqual([open.status, open.body], [200, "public"]);
      assert.notEqual((await ask(access.port, name.replace("public", "main"), "/api")).status, 200);
    },
  );
  await t.test("a load balancer without a target is 503, and CloudFront passes it on", async () => {
    await deregister(access, api);
    assert.equal((await get("/api/echo")).status, 503);
  });
});

const answerApi: RequestListener = (request, response) => {
  const { url = "/", headers, method } = request;
  const status = Number(/^\/api\/status\/(\d+)$/.exec(url)?.[1] ?? 200);
  if (url === "/api/count") {
    counted += 1;
    response.setHeader("Cache-Control", "max-age=60").end(String(counted));
  } else if (status !== 200) response.writeHead(status).end(`status ${status}`);
  else response.end(JSON.stringify({ url, headers, method }));
};
let counted = 0;

async function startBackend(t: TestContext, answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => socket.on("message", (message) => socket.send(`heard ${message}`)));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  t.after(() => {
    sockets.clients.forEach((client) => {
      client.terminate();
    });
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return address.port;
}

async function checkWebSocket({ access, host }: Site): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${access.port}/api/live`, { headers: { Host: host } });
  const heard = await new Promise<string>((resolve, reject) => {
    socket.once("open", () => socket.send("hello"));
    socket.once("message", (message) => resolve(String(message)));
    socket.once("error", reject);
  });
  socket.close();
  assert.equal(heard, "heard hello");
}
