import assert from "node:assert/strict";
import { test } from "node:test";
import { environmentOf } from "../testing/parse.ts";

const caller =
  "a: {image: nginx:1, ports: ['80'], environment: {API: 'http://b:8000/x', QUEUE: 'amqp://b:5672'}}";

function servicesOf(other: string) {
  const { services } = environmentOf(`services:\n  ${caller}\n  b: ${other}`);
  const { type, reason, ...rest } = services.find((one) => one.name === "b") ?? assert.fail();
  return [type, reason, "port" in rest ? [rest.port, ...("otherPorts" in rest ? rest.otherPorts : [])] : []];
}

test("what others call listens there, declared or not", () => {
  const reason = "others call it at port 8000, 5672";
  assert.deepEqual(servicesOf("{image: x}"), ["private", reason, [8000, 5672]]);
});

test("a type that is written wants no port declared either", () => {
  const written = "{image: x, x-freehold: {type: private}}";
  assert.deepEqual(servicesOf(written), ["private", "`type` says so", [8000, 5672]]);
});

test("a service that only calls itself is a worker", () => {
  const { services } = environmentOf("services:\n  a: {image: nginx:1, environment: {OWN: 'http://a:80'}}");
  assert.deepEqual(
    services.map(({ type }) => type),
    ["worker"],
  );
});
