import assert from "node:assert/strict";
import { test } from "node:test";
import { testBadFiles } from "./testing/bad-files.ts";
import { serviceOf } from "./testing/parse.ts";

const file = (variables: string, more = "") => `services:
  a:
    image: example/a
    environment: { STRIPE_KEY: test-key }
    x-freehold: { variables: { ${variables} } }
    ${more}
`;

const arn = "arn:aws:secretsmanager:eu-west-1:222222222222:secret:partner/keys-a1B2c3";

test("a variable may have a secret that is there already, whole or a field of it", () => {
  const { existingSecrets, variables } = serviceOf(
    file(`STRIPE_KEY: { secret: partner/stripe }, OTHER: { secret: "${arn}", key: api }`),
  );
  assert.deepEqual(existingSecrets, { OTHER: { id: arn, key: "api" }, STRIPE_KEY: { id: "partner/stripe" } });
  assert.ok(!("STRIPE_KEY" in variables), "the value at home stays there");
});

test("another variable may have the same one, and one for every service wins over the value at home", () => {
  const { existingSecrets } = serviceOf(file("ONE: { secret: x }, TWO: { alias: ONE }"));
  assert.deepEqual(existingSecrets, { ONE: { id: "x" }, TWO: { id: "x" } });
  const application = "x-freehold: { variables: { STRIPE_KEY: { secret: x }, LOG: { secret: y } } }";
  const near = serviceOf(`${file("LOG: plain")}${application}`);
  assert.deepEqual([near.variables["STRIPE_KEY"], near.variables["LOG"]], [undefined, "plain"]);
  assert.deepEqual(near.existingSecrets, { STRIPE_KEY: { id: "x" } });
});

test("an external secret of Compose is one, by its name", () => {
  const external = "secrets: { x: { external: true }, y: { external: true, name: partner/y } }";
  const { secretFiles } = serviceOf(`${file("", "secrets: [x, y]")}${external}`);
  assert.deepEqual(
    secretFiles?.map(({ source }) => source),
    [
      { kind: "existing", secret: { id: "x" } },
      { kind: "existing", secret: { id: "partner/y" } },
    ],
  );
});

const wrong =
  "5:32 services.a.x-freehold.variables.A `secret` must be the name of a secret in Secrets Manager, or its full ARN with the six characters at its end";

testBadFiles([
  { what: "an ARN without its end", file: file(`A: { secret: "${arn.slice(0, -7)}" }`), says: [wrong] },
  { what: "an ARN of something else", file: file("A: { secret: arn:aws:s3:::bucket }"), says: [wrong] },
  { what: "a name that no secret has", file: file('A: { secret: "my secret" }'), says: [wrong] },
  {
    what: "a field with a colon",
    file: file('A: { secret: x, key: "a:b" }'),
    says: [
      "5:32 services.a.x-freehold.variables.A `key` must be a field of the secret's JSON, without colons and blanks",
    ],
  },
]);
