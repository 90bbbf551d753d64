import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { propertyRuns } from "../app/testing/property-runs.ts";
import { parseApplication } from "../config/parse.ts";
import { address, type Block } from "../terraform/block.ts";
import { collectionStack } from "./collection.ts";
import { environmentStack } from "./environment.ts";
import { type NameRule, nameArguments, nameRules } from "./testing/name-rules.ts";
import { collectionFacts, environmentFacts } from "./testing/shop.ts";

interface Names {
  readonly application: string;
  readonly collection: string;
  readonly environment: string;
  readonly services: readonly string[];
}

/** One thing of every kind that has a name, each named after a service. */
function document({ application, collection, environment, services }: Names): string {
  return JSON.stringify({
    name: application,
    services: Object.assign({}, ...services.map(servicesOf)),
    volumes: Object.fromEntries(services.map((name) => [`${name}v`, {}])),
    "x-freehold": {
      secrets: ["TOKEN"],
      resources: Object.assign({}, ...services.map(resourcesOf)),
      collections: { [collection]: { environments: { [environment]: {} } } },
    },
  });
}

function servicesOf(name: string) {
  return {
    [name]: {
      build: ".",
      ports: ["8000"],
      volumes: [`${name}v:/var/files`],
      depends_on: [`${name}i`],
      "x-freehold": { path: `/${name}` },
    },
    [`${name}i`]: { image: "nginx:1", expose: ["80"] },
    [`${name}w`]: { build: ".", environment: { URL: `http://${name}i:80` } },
    [`${name}n`]: { build: ".", "x-freehold": { schedule: "0 4 * * *" } },
    [`${name}o`]: { build: ".", restart: "no", command: ["true"] },
    [`${name}p`]: { "x-freehold": { type: "site", build: "make", output: "dist", path: `/${name}/pages` } },
    [`${name}d`]: { image: "postgres:17", environment: { POSTGRES_USER: "app" } },
    [`${name}m`]: { image: "mariadb:11.8", environment: { MARIADB_USER: "app", MARIADB_DATABASE: "app" } },
    [`${name}c`]: { image: "valkey/valkey:8" },
  };
}

function resourcesOf(name: string) {
  return { [`${name}b`]: { type: "bucket" }, [`${name}q`]: { type: "queue", fifo: true } };
}

function blocksOf(names: Names): readonly (readonly Block[])[] {
  const text = document(names);
  const application = parseApplication([{ path: "compose.yaml", text }], { folder: "x", variables: {} });
  const [collection] = application.collections;
  const [environment] = collection?.environments ?? [];
  assert.ok(collection !== undefined && environment !== undefined);
  return [
    collectionStack(application, collection, collectionFacts).blocks,
    environmentStack(application, collection, environment, environmentFacts).blocks,
  ];
}

/** Every name of a stack as the place it must be unique in and itself, each held against its rule. */
function namesOf(blocks: readonly Block[], network: string): readonly string[] {
  const resources = blocks.filter(({ kind }) => kind === "resource");
  assert.equal(new Set(resources.map(address)).size, resources.length, "two blocks have one address");
  return resources.flatMap((block) => {
    const { type, args } = block;
    const rules = nameRules[type] ?? [];
    const unruled = nameArguments.filter((argument) => typeof args[argument] === "string");
    assert.ok(type in nameRules || unruled.length === 0, `no rule for ${unruled} of ${type}`);
    return rules.flatMap((rule) => {
      const name = args[rule.argument];
      if (typeof name !== "string") return [];
      assertAllowed(type, name, rule);
      const places = {
        "its owner": `${network} ${address(block)}`,
        "the network": network,
        "the namespace": network,
      };
      const place = rule.within === undefined ? "" : places[rule.within];
      return [`${type}.${rule.argument} ${place} ${name.toLowerCase()}`];
    });
  });
}

function assertAllowed(type: string, name: string, { max, alphabet, never }: NameRule): void {
  assert.ok(name.length <= max, `${type}: ${name} is longer than ${max}`);
  assert.match(name, alphabet, type);
  if (never !== undefined) assert.doesNotMatch(name, never, type);
}

/** The names of the collection and those of the environment; none twice. */
function distinctNames(names: Names): readonly [ReadonlySet<string>, ReadonlySet<string>] {
  const network = `${names.application}/${names.collection}`;
  const [shared = [], own = []] = blocksOf(names);
  const all = [namesOf(shared, network), namesOf(own, `${network}/${names.environment}`)] as const;
  const twice = all.flat().filter((name, index, list) => list.indexOf(name) !== index);
  assert.deepEqual(twice, [], "is there twice");
  return [new Set(all[0]), new Set(all[1])];
}

test("no two cloud names of two identities are one, and each is what AWS allows", () => {
  fc.assert(
    fc.property(pairs(), ([one, other]) => {
      const [first, second] = [distinctNames(one), distinctNames(other)];
      assert.deepEqual([...first[1].intersection(second[1])], [], "names of environments");
      if (collectionOf(one) !== collectionOf(other))
        assert.deepEqual([...first[0].intersection(second[0])], [], "names of collections");
    }),
    { numRuns: propertyRuns(20) },
  );
});

function collectionOf({ application, collection }: Names): string {
  return `${application} ${collection}`;
}

function environmentOf(names: Names): string {
  return `${collectionOf(names)} ${names.environment}`;
}

/** Pairs that differ: by chance, in where one part ends and the next begins, at the end of long parts. */
function pairs(): fc.Arbitrary<readonly [Names, Names]> {
  const small = fc.stringMatching(/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/);
  const application = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,62}$/);
  const service = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,61}$/);
  const any = fc.record({ application, collection: small, environment: small, services: fc.tuple(service) });
  const cut = fc.constantFrom("a", "b", "a-b", "b-a", "a-b-a");
  const recut = fc.record({ application: cut, collection: cut, environment: cut, services: fc.tuple(cut) });
  const tailed = any.map((names): readonly [Names, Names] => {
    const [name = ""] = names.services;
    const environment = names.environment.padEnd(31, "x").slice(0, 31);
    const services = [`${name.padEnd(60, "x")}a`, `${name.padEnd(60, "x")}b`];
    const long = { ...names, services };
    return [
      { ...long, environment: `${environment}a` },
      { ...long, environment: `${environment}b` },
    ];
  });
  return fc
    .oneof(fc.tuple(any, any), fc.tuple(recut, recut), tailed)
    .filter(([one, other]) => environmentOf(one) !== environmentOf(other));
}
