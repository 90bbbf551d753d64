import assert from "node:assert/strict";
import { test } from "node:test";
import { renderStack } from "../terraform/render.ts";
import { example, exampleFrom } from "./testing/example.ts";
import { addressesOf } from "./testing/look.ts";

const { environment, stackOf } = example("private");
const stack = stackOf(environment);
// The parse boundary of a rendered stack.
const rendered = JSON.parse(renderStack(stack));

test("caller and called are in one namespace, the called one under the name of the file", () => {
  const { front, prices } = rendered.resource.aws_ecs_service;
  const namespace = "${aws_service_discovery_http_namespace.main.arn}";
  assert.deepEqual(front.service_connect_configuration, { enabled: true, namespace, service: [] });
  assert.deepEqual(prices.service_connect_configuration, {
    enabled: true,
    namespace,
    service: [
      {
        port_name: "tcp-8000",
        discovery_name: "prices-8000",
        client_alias: { dns_name: "prices", port: 8000 },
      },
    ],
  });
});

test("a proxy passes bytes, not requests: it neither repeats them nor ends them", () => {
  assert.doesNotMatch(renderStack(stack), /app_?protocol|per_request_timeout/i);
});

test("who is called is in the private DNS, and its tasks write themselves into it", () => {
  assert.deepEqual(addressesOf(stack, "aws_service_discovery_service"), [
    "aws_service_discovery_service.prices",
  ]);
  assert.equal(
    rendered.resource.aws_service_discovery_private_dns_namespace.main.name,
    "dev.private.internal",
  );
  assert.deepEqual(rendered.resource.aws_ecs_service.prices.service_registries, {
    registry_arn: "${aws_service_discovery_service.prices.arn}",
  });
});

test("law 5: callers alone may reach a service, each by a rule of its own", () => {
  const rules = Object.values<Record<string, unknown>>(
    rendered.resource.aws_vpc_security_group_ingress_rule,
  ).filter((rule) => rule["security_group_id"] === "${aws_security_group.prices.id}");
  assert.deepEqual(
    rules.map((rule) => [rule["referenced_security_group_id"], rule["from_port"], rule["to_port"]]),
    [
      ["${aws_security_group.front.id}", 8000, 8000],
      ["${aws_security_group.nightly.id}", 8000, 8000],
    ],
  );
});

test("a task that is run once has the private name, the service's own tasks that of the file", () => {
  const valueIn = (service: string) =>
    rendered.output.freehold.value.services[service].template.containerDefinitions[0].environment.find(
      (one: { readonly name: string }) => one.name === "PRICES_URL",
    ).value;
  assert.equal(valueIn("front"), "http://prices:8000");
  assert.equal(valueIn("nightly"), "http://prices.dev.private.internal:8000");
});

test("a job has no service, only a template", () => {
  assert.deepEqual(addressesOf(stack, "aws_ecs_service"), [
    "aws_ecs_service.front",
    "aws_ecs_service.prices",
  ]);
  const { load } = rendered.output.freehold.value.services;
  assert.deepEqual([load.type, load.ecs_service, load.connect], ["job", null, null]);
});

test("where nobody calls anybody there is neither proxy nor name", () => {
  const alone = exampleFrom("services: {a: {image: x, ports: [80]}, b: {image: y, expose: [90]}}");
  const types = new Set(alone.stackOf(alone.environment).blocks.map((block) => block.type));
  assert.deepEqual(
    [...types].filter((type) => type.startsWith("aws_service_discovery")),
    [],
  );
});

test("names that ECS takes: small letters, 64 characters at most", () => {
  const long = "A".repeat(63);
  const file = `services: {a: {image: x, environment: {B: 'http://${long}:65535'}}, ${long}: {image: y, expose: [65535]}}`;
  const { environment: one, stackOf: of } = exampleFrom(file);
  const { services } = JSON.parse(renderStack(of(one))).output.freehold.value;
  const [{ discoveryName, portName }] = services[long].connect.services;
  assert.match(discoveryName, /^[a-z0-9_-]{1,64}$/);
  assert.match(portName, /^[a-z0-9_-]{1,64}$/);
});
