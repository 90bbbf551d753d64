import assert from "node:assert/strict";
import { test } from "node:test";
import { notesOf, parse } from "./testing/parse.ts";

const text = `
services:
  api:
    image: x
    ports: [80]
    environment: { LEVEL: home, INNER: home, ONLY: home }
    x-freehold: { scale: { min: 2 }, variables: { OWN: service } }
  db: { image: "postgres:16" }
x-freehold:
  variables: { OUTER: application, LEVEL: application }
  collections:
    dev:
      account: "111111111111"
      variables: { OUTER: collection }
      environments:
        staging: { variables: { INNER: environment } }
        tiny: { services: { api: { scale: { min: 1 }, memory: 1g, variables: { OWN: here } } } }
    production:
      account: "222222222222"
      region: eu-central-1
      network: { cidr: 10.9.0.0/16, azs: 3 }
      tags: { Team: shop }
      environments:
        live:
          kind: production
          resources: { db: { size: db.r7g.large, multi_az: true } }
`;

const [dev, production] = parse(text).collections;

test("collections carry their account, region, network and tags", () => {
  assert.equal(dev?.account, "111111111111");
  assert.deepEqual(
    [production?.region, production?.network, production?.tags],
    ["eu-central-1", { cidr: "10.9.0.0/16", zones: 3, egress: "nat" }, { Team: "shop" }],
  );
});

test("what `x-freehold` says wins over what is told at home, and the nearest of it first", () => {
  const variables = [dev?.environments[0], dev?.environments[1], production?.environments[0]].map(
    (environment) => {
      const api = environment?.services[0];
      if (api?.type !== "web") return [];
      return ["OUTER", "INNER", "LEVEL", "ONLY", "OWN"].map((name) => api.variables[name]);
    },
  );
  assert.deepEqual(variables, [
    ["collection", "environment", "application", "home", "service"],
    ["collection", "home", "application", "home", "here"],
    ["application", "home", "application", "home", "service"],
  ]);
});

test("an environment overrides settings of services and resources, and no other environment's", () => {
  const tasks = dev?.environments.map(({ services: [api] }) =>
    api?.type === "web" ? [api.count, api.size.memory] : [],
  );
  assert.deepEqual(tasks, [
    [2, 512],
    [1, 1024],
  ]);
  const sizes = [dev, production].map((one) => {
    const db = one?.environments[0]?.resources[0];
    return db?.type === "database" ? [db.size, db.multiZone, db.backupDays] : [];
  });
  assert.deepEqual(sizes, [
    ["db.t4g.micro", false, 7],
    ["db.r7g.large", true, 14],
  ]);
});

test("what is not built yet is accepted and said so", () => {
  const later = `
services: { a: { image: x, ports: [80], x-freehold: { scale: { max: 3, cpu: 60 }, spot: true } } }
x-freehold:
  collections: { c: { domain: a.example, environments: { production: { branch: main } } } }
`;
  const said = "is accepted but not built yet: it changes nothing for now";
  assert.deepEqual([...notesOf(later)].sort(), [
    "production: is treated as staging; write `kind: production` to keep its data safer and unseeded",
    `services.a.x-freehold.scale.cpu: ${said}`,
    `services.a.x-freehold.scale.max: ${said}`,
    `services.a.x-freehold.spot: ${said}`,
    `x-freehold.collections.c.domain: ${said}`,
    `x-freehold.collections.c.environments.production.branch: ${said}`,
  ]);
});
