import assert from "node:assert/strict";
import { test } from "node:test";
import {
  eventRequest,
  eventResponse,
  requestHeaders,
  responseBody,
  responseHeaders,
  targetOf,
} from "./function-event.ts";

const headers = [
  ["Host", "d1.cloudfront.localhost:4566"],
  ["Accept", "text/html"],
  ["accept", "*/*"],
  ["Cookie", "a=1; b=x=y; a=2"],
] as const;

test("a request becomes an event: lower-case headers, cookies apart, repeated values together", () => {
  assert.deepEqual(eventRequest("GET", "/a%20b?q=1&q=2&flag&Empty=", headers), {
    method: "GET",
    uri: "/a%20b",
    querystring: {
      q: { value: "1", multiValue: [{ value: "1" }, { value: "2" }] },
      flag: { value: "" },
      Empty: { value: "" },
    },
    headers: {
      host: { value: "d1.cloudfront.localhost:4566" },
      accept: { value: "text/html", multiValue: [{ value: "text/html" }, { value: "*/*" }] },
    },
    cookies: { a: { value: "1", multiValue: [{ value: "1" }, { value: "2" }] }, b: { value: "x=y" } },
  });
});

test("an untouched event is the same request again", () => {
  const event = eventRequest("GET", "/x?q=1&q=2&flag", headers);
  assert.equal(targetOf(event), "/x?q=1&q=2&flag");
  assert.deepEqual(requestHeaders(event), [
    ["host", "d1.cloudfront.localhost:4566"],
    ["accept", "text/html"],
    ["accept", "*/*"],
    ["cookie", "a=1; a=2; b=x=y"],
  ]);
});

test("a response keeps its cookies' attributes through an event", () => {
  const event = eventResponse(200, [
    ["Content-Type", "text/html"],
    ["Set-Cookie", "id=7; Path=/; HttpOnly"],
  ]);
  assert.deepEqual(event.cookies, { id: { value: "7", attributes: "Path=/; HttpOnly" } });
  assert.deepEqual(responseHeaders(event), [
    ["content-type", "text/html"],
    ["set-cookie", "id=7; Path=/; HttpOnly"],
  ]);
});

test("bodies of generated responses are text or base64", () => {
  assert.equal(responseBody({ body: "plain" }).toString(), "plain");
  assert.equal(responseBody({ body: { encoding: "base64", data: "aGk=" } }).toString(), "hi");
  assert.equal(responseBody({}).byteLength, 0);
});
