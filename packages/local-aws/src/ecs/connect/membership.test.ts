import assert from "node:assert/strict";
import { test } from "node:test";
import type { Deployment, Service } from "../services/service-record.ts";
import { type EcsState, emptyState } from "../state.ts";
import type { TaskDefinition } from "../task-definitions/task-definition.ts";
import type { Task } from "../tasks/task.ts";
import { endpointsOf } from "./endpoints.ts";
import { membershipOf } from "./membership.ts";

const definition = {
  containers: [{ name: "main", portMappings: [{ name: "tcp-8000", containerPort: 8000 }] }],
  // As far as membership looks at one.
} as unknown as TaskDefinition;

function configuration(namespace: string, names: readonly string[] = []) {
  const services = names.map((dnsName) => ({
    portName: "tcp-8000",
    discoveryName: `${dnsName}-8000`,
    clientAliases: [{ dnsName, port: 8000 }],
  }));
  return { enabled: true, namespace, services };
}

function state(...services: readonly ReturnType<typeof configuration>[]): EcsState {
  const records = services.map((serviceConnectConfiguration, index) => {
    const deployments = [{ status: "PRIMARY", serviceConnectConfiguration } as Deployment];
    return [String(index), { status: "ACTIVE", deployments } as unknown as Service] as const;
  });
  return { ...emptyState, services: Object.fromEntries(records) };
}

function member(namespace: string, names: readonly string[], all: EcsState) {
  const revision = { taskDefinition: "t", serviceConnectConfiguration: configuration(namespace, names) };
  return membershipOf(all, revision, definition);
}

test("a task has the names of its namespace, and of no other", () => {
  const all = state(configuration("a", ["api"]), configuration("b", ["api"]), configuration("a"));
  assert.deepEqual(member("a", [], all)?.aliases, [
    { dnsName: "api", port: 8000, discoveryName: "api-8000" },
  ]);
  assert.deepEqual(member("c", [], all)?.aliases, []);
});

test("a task answers at the named port of its own revision", () => {
  assert.deepEqual(member("a", ["api"], state())?.serves, [{ discoveryName: "api-8000", port: 8000 }]);
});

test("without Service Connect there is nothing", () => {
  assert.equal(membershipOf(state(), { taskDefinition: "t" }, definition), undefined);
  const off = { taskDefinition: "t", serviceConnectConfiguration: { enabled: false } };
  assert.equal(membershipOf(state(), off, definition), undefined);
});

const container = { essential: true, checked: false, health: "UNKNOWN" };
const healthy = { essential: true, checked: true, health: "HEALTHY" };

const conditions: readonly (readonly [string, object, number])[] = [
  ["runs", {}, 1],
  ["starts", { lastStatus: "ACTIVATING" }, 0],
  ["is told to stop", { desiredStatus: "STOPPED" }, 0],
  ["is checked, and not known to be well yet", { containers: [{ ...container, checked: true }] }, 0],
  ["is well", { containers: [healthy] }, 1],
];

for (const [what, change, count] of conditions) {
  test(`a task that ${what} is ${count === 0 ? "no" : "an"} endpoint`, () => {
    const task = {
      desiredStatus: "RUNNING",
      lastStatus: "RUNNING",
      containers: [container],
      networkInterface: { address: "10.0.0.2" },
      connect: { namespace: "a", aliases: [], serves: [{ discoveryName: "api-8000", port: 8000 }] },
      ...change,
      // As far as endpoints look at one.
    } as unknown as Task;
    const found = endpointsOf({ ...emptyState, tasks: { task } }, "a", "api-8000");
    assert.equal(found.length, count);
    assert.deepEqual(endpointsOf({ ...emptyState, tasks: { task } }, "b", "api-8000"), []);
  });
}
