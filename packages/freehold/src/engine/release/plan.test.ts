import assert from "node:assert/strict";
import { test } from "node:test";
import { containerServices } from "../../app/find.ts";
import { shopTarget } from "../testing/shop.ts";
import { dependencyWaves, releasedServices, releasePlan, serviceOutputs, wantedService } from "./plan.ts";
import type { Release } from "./record.ts";

const target = shopTarget();

function wanted(
  name: string,
  changes: { image?: string; bindingVersionId?: string; versionId?: string } = {},
) {
  const service = containerServices(target.environment).find((one) => one.name === name);
  assert.ok(service);
  const outputs = serviceOutputs(target.outputs.services, name);
  const { versionId, image = `${name}@1`, ...rest } = changes;
  const secret = { arn: target.outputs.secret_arn, ...(versionId === undefined ? {} : { versionId }) };
  return wantedService({ service, outputs, image, secret, ...rest });
}

const services = [wanted("api"), wanted("report"), wanted("worker")];
const sites = { web: { digest: "1", folder: "releases/1" } };
const databases = { db: "1" };

function live(changes: Partial<Release> = {}): Release {
  const first = releasePlan({ services, sites, databases }, undefined);
  const revisions = new Map(services.map((one) => [one.name, `${one.name}:1`]));
  const names = { application: "shop", collection: "default", environment: "dev" };
  const made = { id: "v1", createdAt: "2026-01-01T00:00:00.000Z", author: "ada" };
  return {
    ...names,
    ...made,
    services: releasedServices(first, revisions, "v1"),
    sites,
    databases,
    ...changes,
  };
}

const rows: readonly (readonly [string, Parameters<typeof releasePlan>, readonly string[], boolean])[] = [
  ["the first release", [{ services, sites, databases }, undefined], ["api", "report", "worker"], true],
  ["nothing changed", [{ services, sites, databases }, live()], [], false],
  [
    "another image",
    [{ services: [wanted("api", { image: "api@2" }), ...services.slice(1)], sites, databases }, live()],
    ["api"],
    true,
  ],
  [
    "new managed credentials",
    [
      { services: [wanted("api", { bindingVersionId: "2" }), ...services.slice(1)], sites, databases },
      live(),
    ],
    ["api"],
    true,
  ],
  [
    "another version of the user's secrets: only who declares one",
    [
      {
        services: ["api", "report", "worker"].map((one) => wanted(one, { versionId: "2" })),
        sites,
        databases,
      },
      live(),
    ],
    ["api"],
    true,
  ],
  [
    "another count alone registers nothing, yet is a release",
    [{ services: services.map((one) => ({ ...one, count: one.count + 1 })), sites, databases }, live()],
    [],
    true,
  ],
  [
    "a site alone",
    [{ services, sites: { web: { digest: "2", folder: "releases/2" } }, databases }, live()],
    [],
    true,
  ],
  ["a service that has gone", [{ services: services.slice(1), sites, databases }, live()], [], true],
  ["a database prepared anew", [{ services, sites, databases: { db: "2" } }, live()], [], true],
];

for (const [name, input, changed, isNew] of rows) {
  test(name, () => {
    const plan = releasePlan(...input);
    assert.deepEqual([plan.changed.map((one) => one.name), plan.isNew], [changed, isNew]);
  });
}

test("kept services stay as they were, changed ones carry the new release", () => {
  const plan = releasePlan(
    { services: [wanted("api", { image: "api@2" }), ...services.slice(1)], sites, databases },
    live(),
  );
  const released = releasedServices(plan, new Map([["api", "api:2"]]), "v2");
  assert.deepEqual(
    Object.values(released).map((one) => [one.taskDefinitionArn, one.changedIn]),
    [
      ["api:2", "v2"],
      ["report:1", "v1"],
      ["worker:1", "v1"],
    ],
  );
});

test("managed secrets are never pinned", () => {
  const { template } = wanted("api", { versionId: "7" });
  const [container] = template.containerDefinitions;
  assert.deepEqual(container?.secrets, [{ name: "STRIPE_KEY", valueFrom: "arn:secret/dev:STRIPE_KEY::7" }]);
});

const waves: readonly (readonly [
  string,
  Readonly<Record<string, readonly string[]>>,
  readonly (readonly string[])[],
])[] = [
  ["independent services go together", { a: [], b: [] }, [["a", "b"]]],
  ["dependencies go first", { a: ["b"], b: ["c"], c: [] }, [["c"], ["b"], ["a"]]],
  ["what does not move is not waited for", { a: ["gone"] }, [["a"]]],
  ["a circle goes together, last", { a: ["b"], b: ["a"], c: [] }, [["c"], ["a", "b"]]],
];

for (const [name, graph, expected] of waves) {
  test(name, () => {
    const moving = Object.keys(graph).map((one) => ({ name: one }));
    const found = dependencyWaves(moving, (one) => graph[one] ?? []);
    assert.deepEqual(
      found.map((wave) => wave.map((one) => one.name)),
      expected,
    );
  });
}
