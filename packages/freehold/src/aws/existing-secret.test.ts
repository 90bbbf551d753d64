import assert from "node:assert/strict";
import { test } from "node:test";
import type { Web } from "../app/application.ts";
import { look, rootOf, statementsOf } from "./testing/look.ts";
import { shopEnvironmentStack } from "./testing/shop.ts";
import { withService } from "./testing/vary.ts";

const arn = "arn:aws:secretsmanager:eu-west-1:222222222222:secret:partner/keys-a1B2c3";
const environment = withService<Web>("api", {
  existingSecrets: { ABROAD: { id: arn, key: "api" }, NAMED: { id: "partner/stripe" } },
});
const stack = shopEnvironmentStack(environment);
const named = "data.aws_secretsmanager_secret.existing_partner_stripe";

function sources() {
  const [container] = rootOf(stack).output.freehold.value.services.api.template.containerDefinitions;
  return new Map(
    container.secrets.map(({ name, valueFrom }: Record<string, string>) => [name, valueFrom] as const),
  );
}

test("a secret is found by its name, or is where its ARN says; ECS reads it there", () => {
  assert.equal(sources().get("ABROAD"), `${arn}:api::`);
  assert.match(String(sources().get("NAMED")), /^\$\{data\.aws_secretsmanager_secret\.existing_\w+\.arn\}$/);
  assert.equal(stack.blocks.filter(({ kind, type }) => kind === "data" && type.includes("secret")).length, 1);
});

test("what starts tasks may read these secrets, and use the keys of their owners for them alone", () => {
  const statements = statementsOf(look(stack, "aws_iam_role_policy.execution_api").policy);
  const read = statements.find((one) => one.Action.includes("secretsmanager:GetSecretValue"));
  assert.ok(read.Resource.includes(arn));
  assert.ok(JSON.stringify(read.Resource).includes(named.slice(0, 34)));
  const decrypt = statements.filter((one) => one.Action.includes("kms:Decrypt"));
  assert.deepEqual(decrypt[0], {
    Effect: "Allow",
    Action: ["kms:Decrypt"],
    Resource: ["arn:aws:kms:eu-west-1:222222222222:key/*"],
    Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": arn } },
  });
  assert.equal(decrypt.length, 2);
});

test("what starts other services may not read them", () => {
  const policy = JSON.stringify(look(stack, "aws_iam_role_policy.execution_worker").policy);
  assert.doesNotMatch(policy, /partner|existing_|kms/);
});

test("an environment without any asks for no key", () => {
  const statements = statementsOf(look(shopEnvironmentStack(), "aws_iam_role_policy.execution_api").policy);
  assert.ok(statements.every((one) => !one.Action.includes("kms:Decrypt")));
});
