import assert from "node:assert/strict";
import { test } from "node:test";
import { parseApplication } from "../../parse.ts";
import { environmentOf } from "../../testing/parse.ts";

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

function portsOf(text: string, files: readonly { readonly path: string; readonly text: string }[] = []) {
  const options = { folder: "shop", variables: {}, namedFiles: files };
  const { collections } = parseApplication([{ path: "compose.yaml", text }], options);
  const b = collections[0]?.environments[0]?.services.find(({ name }) => name === "b");
  return b !== undefined && "port" in b ? [b.port, ...b.otherPorts] : [];
}

const elsewhere: Readonly<Record<string, string>> = {
  "a list in a value":
    "services: {a: {image: x, environment: {HOSTS: '[\"http://b:9200\"]'}}, b: {image: y}}",
  "a text of pairs":
    "services: {a: {image: x, environment: {DB: 'Server=b,9200;User Id=sa'}}, b: {image: y}}",
  "x-freehold.variables":
    "services: {a: {image: x, x-freehold: {variables: {B: 'http://b:9200'}}}, b: {image: y}}",
  "x-freehold.variables of the file":
    "{services: {a: {image: x}, b: {image: y}}, x-freehold: {variables: {B: 'http://b:9200'}}}",
  "variables of the environment":
    "{services: {a: {image: x}, b: {image: y}}, x-freehold: {collections: {c: {environments: {e: {variables: {B: 'b:9200'}}}}}}}",
  "the environment's own settings":
    "{services: {a: {image: x}, b: {image: y}}, x-freehold: {collections: {c: {environments: {e: {services: {a: {variables: {B: 'b:9200'}}}}}}}}}",
  "an env file": "services: {a: {image: x, env_file: [a.env]}, b: {image: y}}",
  "another name of it":
    "services: {a: {image: x, environment: {B: 'http://search:9200'}}, b: {image: y, hostname: search}}",
};

for (const [what, text] of Object.entries(elsewhere)) {
  test(`called by ${what}`, () =>
    assert.deepEqual(portsOf(text, [{ path: "a.env", text: "B=http://b:9200\n" }]), [9200]));
}

test("what is published for the host says nothing of what else is listened at; a port of the host is none", () => {
  const both = (port: number) =>
    portsOf(
      `services: {a: {image: x, environment: {B: "http://b:${port}"}}, b: {image: y, ports: ["8080:80"]}}`,
    );
  assert.deepEqual(both(5679), [80, 5679]);
  assert.throws(() => both(8080), /calls `b` at port 8080, which listens at 80/);
});
