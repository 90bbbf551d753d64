import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import type { Release } from "./record.ts";
import { rollbackPlan } from "./rollback-plan.ts";

function record(id: string, changes: Partial<Release> = {}): Release {
  const image = `api@${id}`;
  const api = {
    type: "web",
    image,
    taskDefinitionArn: `api:${id}`,
    digest: id,
    count: 1,
    changedIn: id,
  } as const;
  return {
    id,
    application: "shop",
    collection: "default",
    environment: "dev",
    createdAt: "2026-01-01T00:00:00.000Z",
    author: "ada",
    services: { api },
    sites: { web: { digest: id, folder: `releases/${id}` } },
    databases: { db: id },
    ...changes,
  };
}

const v1 = record("v1", { commit: "c1", secretVersion: "s1" });
const v2 = record("v2", { parent: "v1", commit: "c2", secretVersion: "s2" });
const v3 = record("v3", { parent: "v2", commit: "c3" });
const now = { createdAt: "2026-01-02T00:00:00.000Z", author: "grace" };

test("it is a new release with the earlier one's images, revisions, sites, commit and secrets", () => {
  const { services, ...release } = rollbackPlan({
    history: { releases: [v3, v2, v1], live: v3 },
    id: "v1",
    ...now,
  });
  assert.deepEqual(services, v1.services);
  assert.deepEqual(release, {
    ...now,
    id: "v4",
    application: "shop",
    collection: "default",
    environment: "dev",
    parent: "v3",
    rollbackOf: "v1",
    commit: "c1",
    secretVersion: "s1",
    sites: v1.sites,
    databases: { db: "v3" },
  });
});

test("counts stay as they are now, and so does what the earlier release did not know", () => {
  const [api, worker] = [v2.services["api"], v2.services["api"]];
  assert.ok(api && worker);
  const live = { ...v2, services: { api: { ...api, count: 5 }, worker } };
  const { services } = rollbackPlan({ history: { releases: [live, v1], live }, ...now });
  assert.deepEqual(
    Object.entries(services).map(([name, one]) => [name, one.taskDefinitionArn, one.count]),
    [
      ["api", "api:v1", 5],
      ["worker", "api:v2", 1],
    ],
  );
});

const back = record("v4", { parent: "v3", rollbackOf: "v2" });
const again = record("v5", { parent: "v4", rollbackOf: "v4" });
const rows: readonly (readonly [string, readonly Release[], Release, string])[] = [
  ["the parent of the live one", [v3, v2, v1], v3, "v2"],
  ["after two rollbacks, one further back than the last", [again, back, v3, v2, v1], again, "v1"],
  ["after a rollback, one further back: never what was rolled back from", [back, v3, v2, v1], back, "v1"],
];

for (const [name, releases, live, expected] of rows) {
  test(`by default ${name}`, () =>
    assert.equal(rollbackPlan({ history: { releases, live }, ...now }).rollbackOf, expected));
}

test("a rollback that was written down but killed before it went live is taken up, not written again", () => {
  const history = { releases: [back, v3, v2, v1], live: v3 };
  assert.equal(rollbackPlan({ history, id: "v2", ...now }), back);
});

const refused: readonly (readonly [string, Parameters<typeof rollbackPlan>[0], string])[] = [
  ["nothing was released", { history: { releases: [] }, ...now }, "no-release"],
  ["there is no such release", { history: { releases: [v1], live: v1 }, id: "v9", ...now }, "no-release"],
  ["it is live", { history: { releases: [v2, v1], live: v2 }, id: "v2", ...now }, "release-is-live"],
  ["there is none before", { history: { releases: [v1], live: v1 }, ...now }, "no-earlier-release"],
];

for (const [name, input, code] of refused) {
  test(`refused: ${name}`, () =>
    assert.throws(
      () => rollbackPlan(input),
      (error) => error instanceof UserError && error.problems[0]?.code === code,
    ));
}
