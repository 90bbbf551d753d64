import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import type { DefaultCacheBehavior, DistributionConfig } from "@aws-sdk/client-cloudfront";
import { doublePlatform } from "../../../test/testing/double-platform.ts";
import { type Answer, type Ask, answerOf } from "../../elb/exchange.ts";
import { type HeaderLines, headerValue } from "../../elb/headers.ts";
import { SendFailure } from "../../elb/send.ts";
import { openHoldings } from "../holdings.ts";
import { openPolicies } from "../policies.ts";
import { createEdgeCache } from "./cache.ts";
import { answerViewer, type EdgePorts } from "./edge.ts";
import { createFunctionRuntime } from "./function-runtime.ts";
import type { Visit } from "./visit.ts";

const optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const live = { etag: "E1", changed: "", config: { Comment: "", Runtime: "cloudfront-js-2.0" as const } };

interface Scene {
  readonly behavior?: Partial<DefaultCacheBehavior>;
  readonly config?: Partial<DistributionConfig>;
  /** Code of the viewer-request and viewer-response functions. */
  readonly functions?: Readonly<Record<string, string>>;
  readonly origin: (visit: Visit) => Answer;
}

async function openEdge(t: { after: (run: () => Promise<void>) => void }, scene: Scene) {
  const platform = await doublePlatform();
  const holdings = await openHoldings(platform);
  const runtime = createFunctionRuntime();
  t.after(() => runtime.stop());
  for (const [name, code] of Object.entries(scene.functions ?? {})) {
    await holdings.functions.add(name, { development: { ...live, code }, live: { ...live, code } });
  }
  const asked: Visit[] = [];
  const ports: EdgePorts = {
    ...platform,
    holdings,
    runtime,
    policies: openPolicies(holdings),
    cache: createEdgeCache(),
    origins: {
      ask: async (visit) => {
        asked.push(visit);
        return scene.origin(visit);
      },
      wayTo: async () => undefined,
      originOf: () => undefined,
    },
  };
  const distribution = await holdings.distributions.add("E1", configFor(scene));
  const get = async (target: string, more: Partial<Ask> = {}) => {
    const headers: HeaderLines = [["Host", "e1.cloudfront.localhost:4566"]];
    const ask: Ask = {
      method: "GET",
      target,
      headers,
      peer: "9.9.9.9",
      gone: new AbortController().signal,
      ...more,
    };
    const answer = await answerViewer(distribution, ask, ports);
    const bytes = await buffer(answer.body);
    return {
      ...answer,
      bytes,
      text: bytes.toString(),
      header: (name: string) => headerValue(answer.headers, name),
    };
  };
  return { get, asked };
}

function configFor({ behavior, config, functions = {} }: Scene): DistributionConfig {
  const associations = Object.keys(functions).map((name) => ({
    EventType: name === "answers" ? ("viewer-response" as const) : ("viewer-request" as const),
    FunctionARN: `arn:aws:cloudfront::1:function/${name}`,
  }));
  return {
    CallerReference: "c",
    Comment: "",
    Enabled: true,
    Origins: { Quantity: 0, Items: [] },
    DefaultCacheBehavior: {
      TargetOriginId: "origin",
      ViewerProtocolPolicy: "redirect-to-https",
      CachePolicyId: optimized,
      FunctionAssociations: { Quantity: associations.length, Items: associations },
      ...behavior,
    },
    ...config,
  };
}

const page = (text: string, headers: HeaderLines = []): Answer =>
  answerOf(200, [["Content-Type", "text/html"], ["ETag", '"1"'], ...headers], text);

test("the root object stands for the root alone", async (t) => {
  const { get, asked } = await openEdge(t, {
    config: { DefaultRootObject: "index.html" },
    origin: () => page("x"),
  });
  await get("/?a=1");
  await get("/b/");
  assert.deepEqual(
    asked.map(({ ask }) => ask.target),
    ["/index.html?a=1", "/b/"],
  );
});

test("with caching disabled every request reaches the origin, errors too", async (t) => {
  let count = 0;
  const { get } = await openEdge(t, {
    behavior: { CachePolicyId: disabled },
    origin: () => {
      count += 1;
      return answerOf(404, [], String(count));
    },
  });
  assert.deepEqual([(await get("/")).text, (await get("/")).text], ["1", "2"]);
});

test("query, cookies and headers outside the key share one cached answer", async (t) => {
  const { get, asked } = await openEdge(t, { origin: () => page("x") });
  await get("/?a=1");
  const again = await get("/?a=2", {
    headers: [
      ["Host", "e1.cloudfront.localhost"],
      ["Cookie", "a=1"],
    ],
  });
  assert.deepEqual([asked.length, again.header("x-cache")], [1, "Hit from cloudfront"]);
});

test("an error page takes the place of an error, with its own code; without one the error passes", async (t) => {
  const rule = { ErrorCode: 404, ResponsePagePath: "/404.html", ResponseCode: "200", ErrorCachingMinTTL: 0 };
  const { get } = await openEdge(t, {
    config: { CustomErrorResponses: { Quantity: 1, Items: [rule] } },
    origin: ({ ask }) =>
      ask.target === "/404.html" ? page("sorry") : answerOf(ask.target === "/bad" ? 500 : 404, [], "no"),
  });
  const missing = await get("/x");
  assert.deepEqual(
    [missing.status, missing.text, missing.header("x-cache")],
    [200, "sorry", "Error from cloudfront"],
  );
  assert.deepEqual([(await get("/bad")).status, (await get("/bad")).text], [500, "no"]);
});

test("an origin that cannot be reached is 502, one that is late 504", async (t) => {
  const { get } = await openEdge(t, {
    behavior: { CachePolicyId: disabled },
    origin: ({ ask }) => {
      throw new SendFailure(ask.target === "/late" ? "overdue" : "broken");
    },
  });
  assert.deepEqual([(await get("/late")).status, (await get("/gone")).status], [504, 502]);
});

test("plain HTTP under another host than .localhost is sent to HTTPS", async (t) => {
  const { get } = await openEdge(t, { origin: () => page("x") });
  const away = await get("/a?b", { headers: [["Host", "shop.example:4566"]] });
  assert.deepEqual([away.status, away.header("location")], [301, "https://shop.example/a?b"]);
});

test("a request function answers by itself; a response function changes what the origin said, but not its errors", async (t) => {
  const asks = `function handler({ request }) {
    if (request.uri !== '/old') return request;
    return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: '/new' } } };
  }`;
  const answers = `function handler({ response }) {
    response.headers['x-seen'] = { value: String(response.statusCode) };
    return response;
  }`;
  const { get } = await openEdge(t, {
    functions: { asks, answers },
    origin: ({ ask }) => (ask.target === "/bad" ? answerOf(500, [], "no") : page("x")),
  });
  const moved = await get("/old");
  assert.deepEqual(
    [moved.status, moved.header("location"), moved.header("x-seen")],
    [302, "/new", undefined],
  );
  assert.equal(moved.header("x-cache"), "FunctionGeneratedResponse from cloudfront");
  assert.deepEqual([(await get("/")).text, (await get("/")).header("x-seen")], ["x", "200"]);
  assert.deepEqual([(await get("/bad")).status, (await get("/bad")).header("x-seen")], [500, undefined]);
});

test("a function that fails is 503, one that answers nonsense 502", async (t) => {
  const fails = await openEdge(t, {
    functions: { f: "function handler() { return x; }" },
    origin: () => page("x"),
  });
  assert.equal((await fails.get("/")).status, 503);
  const nonsense = await openEdge(t, {
    functions: { f: "function handler() { return 7; }" },
    origin: () => page("x"),
  });
  assert.equal((await nonsense.get("/")).status, 502);
});

test("large text is compressed as the viewer accepts, once for all of them", async (t) => {
  const text = "hello ".repeat(500);
  const { get, asked } = await openEdge(t, { behavior: { Compress: true }, origin: () => page(text) });
  const headers: HeaderLines = [
    ["Host", "e1.cloudfront.localhost"],
    ["Accept-Encoding", "gzip, deflate"],
  ];
  for (const word of ["Miss", "Hit"]) {
    const zipped = await get("/", { headers });
    assert.deepEqual([zipped.header("content-encoding"), zipped.header("etag")], ["gzip", 'W/"1"']);
    assert.equal(zipped.header("x-cache"), `${word} from cloudfront`);
    assert.equal(gunzipSync(zipped.bytes).toString(), text);
  }
  assert.equal((await get("/")).header("content-encoding"), undefined);
  assert.equal(asked.length, 2);
});

test("a body that breaks off is not cached", async (t) => {
  const broken = (): Readable => Readable.from(cut(), { objectMode: false });
  const { get, asked } = await openEdge(t, { origin: () => ({ ...page("x"), body: broken() }) });
  await assert.rejects(get("/"));
  await assert.rejects(get("/"));
  assert.equal(asked.length, 2);
});

async function* cut(): AsyncGenerator<Buffer> {
  yield Buffer.from("half");
  throw new RangeError("the origin went away");
}
