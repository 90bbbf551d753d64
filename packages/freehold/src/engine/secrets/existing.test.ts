import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment } from "../../app/application.ts";
import type { ExistingSecret } from "../../app/existing-secret.ts";
import { UserError } from "../../errors.ts";
import { fakeWorld } from "../testing/fake-ports.ts";
import { shopTarget } from "../testing/shop.ts";
import { demandExisting } from "./existing.ts";

function environmentWith(secret: ExistingSecret): Environment {
  const { environment } = shopTarget();
  const services = environment.services.map((one) =>
    one.type === "site" ? one : { ...one, existingSecrets: { KEY: secret } },
  );
  return { ...environment, services };
}

/** What is said of one, where Secrets Manager holds this under the name `partner`. */
async function said(secret: ExistingSecret, text: string): Promise<readonly string[]> {
  const world = fakeWorld();
  world.secrets.secrets.set("partner", new Map([["v1", { text, labels: new Set(["AWSCURRENT"]) }]]));
  try {
    await demandExisting(environmentWith(secret), world.ports);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ message }) => message);
  }
}

const rows: readonly (readonly [string, ExistingSecret, string, RegExp | undefined])[] = [
  ["the whole of any", { id: "partner" }, "plain", undefined],
  ["a field that is there", { id: "partner", key: "api" }, '{"api":"x"}', undefined],
  ["none of this name", { id: "other" }, "plain", /the secret other, which is not in Secrets Manager/],
  ["a field that is not there", { id: "partner", key: "api" }, '{"app":"x"}', /has no such field/],
  ["a field of what is no JSON", { id: "partner", key: "api" }, "canary", /has no such field/],
];

for (const [what, secret, text, message] of rows) {
  test(`an existing secret: ${what}`, async () => {
    const told = await said(secret, text);
    assert.equal(told.length, message === undefined ? 0 : 1, "told once for all services");
    if (message !== undefined) assert.match(told[0] ?? "", message);
    assert.doesNotMatch(told.join(""), /canary/);
  });
}
