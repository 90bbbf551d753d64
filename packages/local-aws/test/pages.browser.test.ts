import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type TestContext, test } from "node:test";
import { CloudFront } from "@aws-sdk/client-cloudfront";
import { S3 } from "@aws-sdk/client-s3";
import type { Page } from "playwright-core";
import { openBrowser } from "../../../test/e2e/browser.ts";
import { type Access, openEdgeHouse } from "./edge-house.ts";
import { createBalancer, createSite } from "./edge-scene.ts";

/** What a page tries; each answers what it saw, `refused` where it could neither read nor do anything. */
const attempts: Readonly<Record<string, (page: Page, endpoint: string) => Promise<string>>> = {
  "a signed call by fetch": (page, endpoint) =>
    fetched(page, `${endpoint}/`, {
      method: "POST",
      headers: { authorization: scopeOf("secretsmanager"), "x-amz-target": "secretsmanager.ListSecrets" },
      body: "{}",
    }),
  "a read by fetch": (page, endpoint) =>
    fetched(page, `${endpoint}/2020-05-31/distribution?${signedFor("cloudfront")}`),
  "a read by fetch without CORS": (page, endpoint) =>
    fetched(page, `${endpoint}/2020-05-31/distribution?${signedFor("cloudfront")}`, { mode: "no-cors" }),
  "a simple POST by fetch": (page, endpoint) =>
    fetched(page, creation(endpoint), { method: "POST", body: planted }),
  "a simple POST by fetch without CORS": (page, endpoint) =>
    fetched(page, creation(endpoint), { method: "POST", body: planted, mode: "no-cors" }),
  "an image": (page, endpoint) => {
    const url = `${endpoint}/?Action=CreateTargetGroup&Version=2015-12-01&Name=planted&${signedFor("elasticloadbalancing")}`;
    return page.evaluate(`new Promise((done) => {
      const image = new Image();
      image.onload = () => done("loaded");
      image.onerror = () => done("refused");
      image.src = ${JSON.stringify(url)};
    })`);
  },
  "a form": async (page, endpoint) => {
    const answer = page.waitForResponse((response) => response.url().startsWith(endpoint));
    const [name = "", ...value] = planted.split("=");
    await page
      .evaluate(`(() => {
      const make = (parent, tag, members) => Object.assign(parent.appendChild(document.createElement(tag)), members);
      const form = make(document.body, "form", {
        method: "POST", action: ${JSON.stringify(creation(endpoint))}, enctype: "text/plain",
      });
      make(form, "input", ${JSON.stringify({ name, value: value.join("=") })});
      form.submit();
    })()`)
      .catch(() => undefined);
    return statusOf((await answer).status());
  },
  "a link": async (page, endpoint) => {
    const url = `${endpoint}/2020-05-31/distribution?${signedFor("cloudfront")}`;
    const answer = page.waitForResponse((response) => response.url() === url);
    await page.evaluate(`void (location.href = ${JSON.stringify(url)})`).catch(() => undefined);
    return statusOf((await answer).status());
  },
  "a WebSocket": (page, endpoint) =>
    page.evaluate(`new Promise((done) => {
      const socket = new WebSocket(${JSON.stringify(endpoint.replace("http", "ws"))});
      socket.onopen = () => done("opened");
      socket.onerror = () => done("refused");
    })`),
};

test("what pages reach of the endpoint in a browser", { timeout: 300_000 }, async (t) => {
  const access = await openEdgeHouse(t);
  const site = await createSite(access, await createBalancer(access, await servePage(t)));
  const elsewhere = await servePage(t);
  const browser = await openBrowser();
  t.after(() => browser.close());
  const app = `http://${site.host}`;
  const origins = [app, `http://127.0.0.1:${elsewhere}`, `http://evil.localhost:${elsewhere}`];
  const before = await stateOf(access);
  for (const origin of origins) {
    for (const [name, attempt] of Object.entries(attempts)) {
      // Names below one another are of one site, and addresses are not: both ways are tried.
      const endpoint = origin.includes("evil") ? `http://localhost:${access.port}` : access.endpoint;
      await t.test(`${name} of ${origin} to ${endpoint}`, async () => {
        const page = await browser.newPage();
        await page.goto(`${origin}/`);
        assert.equal(await attempt(page, endpoint), "refused");
        await page.close();
      });
    }
  }
  await t.test("nothing has changed", async () => assert.deepEqual(await stateOf(access), before));

  await t.test("a typed address of the API", async () => {
    const page = await browser.newPage();
    const answer = await page.goto(`${access.endpoint}/2020-05-31/distribution?${signedFor("cloudfront")}`);
    assert.equal(answer?.status(), 403);
  });

  await t.test("the bucket's rules let one origin in, and no other", async () => {
    await allow(access, app);
    const upload = `${access.endpoint}/site/from-page?${signedFor("s3")}&X-Amz-Signature=0`;
    const seen: string[] = [];
    for (const origin of origins) {
      const page = await browser.newPage();
      await page.goto(`${origin}/`);
      seen.push(await fetched(page, upload, { method: "PUT", body: `of ${origin}` }));
    }
    assert.deepEqual(seen, ["200", "refused", "refused"]);
    const object = await s3(access).getObject({ Bucket: "site", Key: "from-page" });
    assert.equal(await object.Body?.transformToString(), `of ${app}`);
  });

  await t.test("a site is shown to every page", async () => {
    const page = await browser.newPage();
    await page.goto(`${origins[2]}/`);
    assert.equal(await fetched(page, `${app}/`, { mode: "no-cors" }), "opaque");
  });
});

const scopeOf = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
const signedFor = (service: string) =>
  `X-Amz-Credential=AK%2F20260101%2Fus-east-1%2F${service}%2Faws4_request`;
const creation = (endpoint: string) =>
  `${endpoint}/2020-05-31/origin-access-control?${signedFor("cloudfront")}`;
const planted =
  '<OriginAccessControlConfig x="1"><Name>planted</Name><SigningProtocol>sigv4</SigningProtocol><SigningBehavior>always</SigningBehavior><OriginAccessControlOriginType>s3</OriginAccessControlOriginType></OriginAccessControlConfig>';

interface Wanted {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly mode?: "cors" | "no-cors";
}

/** The status, `refused` for a 403 or what the browser withheld, or `opaque` for what cannot be read but was answered. */
async function fetched(page: Page, url: string, wanted: Wanted = {}): Promise<string> {
  const answered = page.waitForResponse(
    (response) => response.url() === url && response.request().method() !== "OPTIONS",
  );
  const status = answered.then((response) => response.status()).catch(() => undefined);
  const seen: string = await page.evaluate(`fetch(${JSON.stringify(url)}, ${JSON.stringify(wanted)}).then(
    ({ type, status }) => (type === "opaque" ? "opaque" : String(status)),
    () => "refused",
  )`);
  if (seen !== "opaque") return seen;
  return (await status) === 403 ? "refused" : seen;
}

function statusOf(status: number): string {
  return status === 403 ? "refused" : String(status);
}

async function servePage(t: TestContext): Promise<number> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<title>page</title><body>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return address.port;
}

function s3({ endpoint, region, credentials }: Access): S3 {
  return new S3({ endpoint, region, credentials, forcePathStyle: true });
}

async function stateOf(access: Access): Promise<unknown> {
  const { endpoint, region, credentials } = access;
  const controls = await new CloudFront({ endpoint, region, credentials }).listOriginAccessControls({});
  const objects = await s3(access).listObjectsV2({ Bucket: "site" });
  return [
    controls.OriginAccessControlList?.Items?.map(({ Name }) => Name),
    objects.Contents?.map(({ Key }) => Key),
  ];
}

async function allow(access: Access, origin: string): Promise<void> {
  await s3(access).putBucketCors({
    Bucket: "site",
    CORSConfiguration: {
      CORSRules: [{ AllowedOrigins: [origin], AllowedMethods: ["PUT"], AllowedHeaders: ["*"] }],
    },
  });
}
