import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../errors.ts";
import type { Application, Collection } from "./application.ts";
import { findEnvironment, onlyEnvironment } from "./find.ts";

function collection(name: string, environments: readonly string[]): Collection {
  const network = { cidr: "10.0.0.0/16", zones: 2, egress: "nat" } as const;
  const empty = { kind: "staging", services: [], resources: [] } as const;
  const made = environments.map((environment) => ({ ...empty, name: environment }));
  return { name, region: "us-east-1", network, tags: {}, environments: made };
}

const application: Application = {
  name: "shop",
  notes: [],
  collections: [collection("a", ["dev", "demo"]), collection("b", ["demo", "live"])],
};

test("by name, by both names, by default", () => {
  assert.equal(findEnvironment(application, "live").collection.name, "b");
  assert.equal(findEnvironment(application, "b/demo").collection.name, "b");
  assert.equal(findEnvironment(application).environment.name, "dev");
  const one = { ...application, collections: [collection("a", ["only"])] };
  assert.equal(findEnvironment(one).environment.name, "only");
});

test("a name in two collections, an unknown one, and no default", () => {
  const says = (name: string | undefined, where = application) => {
    assert.throws(
      () => findEnvironment(where, name),
      (error) => error instanceof UserError && (error.problems[0]?.hint?.includes("a/dev") ?? false),
    );
  };
  says("demo");
  says("staging");
  says(undefined, { ...application, collections: [collection("a", ["dev"]), collection("b", ["dev"])] });
});

test("the application with one environment only", () => {
  const whole: Application = {
    name: "shop",
    collections: [collection("dev", ["a", "b"]), collection("production", ["c"])],
    notes: [],
  };
  const { collections } = onlyEnvironment(whole, "dev/b");
  assert.deepEqual(
    collections.map((one) => [one.name, one.environments.map(({ name }) => name)]),
    [["dev", ["b"]]],
  );
});
