import assert from "node:assert/strict";
import { test } from "node:test";
import { applicationOf, translated } from "../testing/translated.ts";

const workspace = ".workspace";
const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:house/tea-a1B2c3";

function manifest(secrets: string): string {
  return `type: Worker Service\nimage: { location: "public.ecr.aws/tea/tea:1" }\nsecrets:\n${secrets}`;
}

/** How the manifest names a secret of Secrets Manager, and what the variable says of it here. */
const secrets: readonly (readonly [written: string, variable: unknown])[] = [
  ["{ secretsmanager: house/tea }", { secret: "house/tea" }],
  ["{ secretsmanager: 'house/tea:password::' }", { secret: "house/tea", key: "password" }],
  [`"'${arn}'"`, { secret: arn }],
  [`'${arn}:password::'`, { secret: arn, key: "password" }],
];

for (const [written, variable] of secrets)
  test(`a secret that is there already stays where it is: ${written}`, () => {
    const { value } = translated({
      [workspace]: "application: house",
      "tea/manifest.yml": manifest(`  KEY: ${written}\n`),
    });
    assert.deepEqual(value("services", "tea", "x-freehold", "variables", "KEY"), variable);
  });

test("a secret named after the environment is each environment's own", () => {
  const files = {
    [workspace]: "application: house",
    "tea/manifest.yml": manifest("  KEY: { secretsmanager: 'house/${COPILOT_ENVIRONMENT_NAME}:key::' }\n"),
    "environments/test/manifest.yml": "name: test\ntype: Environment",
    "environments/prod/manifest.yml": "name: prod\ntype: Environment",
  };
  const found = applicationOf(files).collections.flatMap(({ environments }) =>
    environments.flatMap(({ services }) =>
      services.map((one) => (one.type === "site" ? undefined : one.existingSecrets)),
    ),
  );
  assert.deepEqual(found, [
    { KEY: { id: "house/prod", key: "key" } },
    { KEY: { id: "house/test", key: "key" } },
  ]);
});

test("parameters under Copilot's own path are told of once", () => {
  const path = "/copilot/house/test/secrets";
  const { rows } = translated({
    [workspace]: "application: house",
    "tea/manifest.yml": manifest(`  A: ${path}/A\n  B: ${path}/B\n  C: elsewhere\n`),
  });
  const told = rows.filter(({ key }) => key.startsWith("secrets.")).map(({ message }) => message);
  assert.equal(new Set(told).size, 2);
  assert.match(told[0] ?? "", /`\/copilot\/house\/test\/secrets\/NAME` of SSM.*secrets set NAME`$/);
  assert.match(told[2] ?? "", /C is in the parameter `elsewhere`.*secrets set C`$/);
});

test("a secret by a name that no variable has here is lost, and said to be", () => {
  const { value, rows } = translated({
    [workspace]: "application: house",
    "tea/manifest.yml": manifest("  my-key: parameter\n  my-other: { secretsmanager: house/tea }\n"),
  });
  assert.deepEqual(
    rows.filter(({ key }) => key.startsWith("secrets.")).map(({ outcome }) => outcome),
    ["without counterpart", "without counterpart"],
  );
  assert.equal(value("services", "tea", "x-freehold", "secrets"), undefined);
});
