import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cloudName, type Identity, terraformName } from "./names.ts";
import { propertyRuns } from "./testing/property-runs.ts";

const word = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,40}$/);
const identity: fc.Arbitrary<Identity> = fc.record(
  { application: word, collection: word, environment: word, service: word },
  { requiredKeys: ["application"] },
);

test("two identities never share a name, however their parts are cut", () => {
  const parts = fc.array(fc.constantFrom("a", "b", "a-b", "b-a", "ab", "a-b-a"), {
    minLength: 4,
    maxLength: 4,
  });
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const names = [a, b].map(([application = "", collection = "", environment = "", service = ""]) =>
        cloudName({ application, collection, environment, service }, 32),
      );
      assert.equal(names[0] === names[1], JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: propertyRuns(1_000) },
  );
});

test("long names that share their ends do not collide", () => {
  fc.assert(
    fc.property(identity, identity, fc.integer({ min: 20, max: 63 }), (a, b, max) => {
      const isSame = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
      assert.equal(cloudName(a, max) === cloudName(b, max), isSame);
    }),
    { numRuns: propertyRuns(1_000) },
  );
});

function sorted({ application, collection, environment, service }: Identity) {
  return [application, collection, environment, service];
}

test("a name is what every kind of AWS name allows", () => {
  fc.assert(
    fc.property(identity, fc.integer({ min: 20, max: 63 }), word, (one, max, kind) => {
      const name = cloudName(one, max, kind);
      assert.match(name, /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
      assert.ok(name.length <= max, name);
    }),
    { numRuns: propertyRuns(1_000) },
  );
});

test("the kind tells apart two things of one identity", () => {
  const one = { application: "shop", service: "api" };
  assert.notEqual(cloudName(one, 40, "task"), cloudName(one, 40, "execution"));
});

test("Terraform's names are valid and as different as the names", () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      assert.match(terraformName(a), /^[a-z_][a-z0-9_]*$/);
      assert.equal(terraformName(a) === terraformName(b), a === b);
    }),
    { numRuns: propertyRuns(1_000) },
  );
});
