import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import { resource } from "../../terraform/block.ts";
import type { Stack } from "../../terraform/stack.ts";
import { type FakeWorld, fakeWorld } from "../testing/fake-ports.ts";
import { findUnmanaged, restoreSecrets } from "./adopt.ts";

const tags = {
  Application: "shop",
  Collection: "default",
  Environment: "dev",
  ManagedBy: "freehold",
  Team: "a",
};
const stack: Stack = {
  blocks: [
    resource("aws_secretsmanager_secret", "environment", { name: "shop/environment" }),
    resource("aws_secretsmanager_secret", "token", { name: "shop/token" }),
  ],
  outputs: {},
  backend: { bucket: "states", key: "dev", region: "us-east-1" },
  provider: { region: "us-east-1", account: "111111111111", tags },
  imports: [],
};

const nothing = { managed: [], tainted: [], ids: {} };
const sought = { stack, state: nothing, isBrokenOff: false };

async function worldWith(name: string, changed: Readonly<Record<string, string>> = {}): Promise<FakeWorld> {
  const world = fakeWorld();
  const Tags = Object.entries({ ...tags, ...changed }).map(([Key, Value]) => ({ Key, Value }));
  await world.secrets.client.createSecret({ Name: name, SecretString: "{}", Tags });
  return world;
}

const address = "aws_secretsmanager_secret.environment";

test("a secret that `secrets set` has made is taken over, whatever the user's own tags", async () => {
  const { ports } = await worldWith("shop/environment", { Team: "b" });
  const { imports, waiting } = await findUnmanaged(sought, ports);
  assert.deepEqual([imports, waiting], [[{ to: address, id: "shop/environment" }], []]);
});

test("one that the state knows is not looked at", async () => {
  const { ports } = await worldWith("shop/environment");
  const managed = stack.blocks.map((block) => `${block.type}.${block.name}`);
  assert.deepEqual(await findUnmanaged({ ...sought, state: { ...nothing, managed } }, ports), {
    imports: [],
    pending: [],
    waiting: [],
    openGroups: [],
  });
});

test("one that waits for its deletion can be taken over once it is restored", async () => {
  const world = await worldWith("shop/environment");
  world.secrets.waiting.add("shop/environment");
  const { imports, waiting } = await findUnmanaged(sought, world.ports);
  assert.deepEqual([imports, waiting], [[], [{ address, name: "shop/environment" }]]);
  await restoreSecrets(waiting, world.ports);
  assert.equal((await findUnmanaged(sought, world.ports)).imports.length, 1);
});

for (const changed of [{ ManagedBy: "somebody" }, { Environment: "production" }, { Application: "mill" }]) {
  test(`one with ${JSON.stringify(changed)} is not ours: an error names it`, async () => {
    const { ports } = await worldWith("shop/environment", changed);
    await assert.rejects(
      findUnmanaged(sought, ports),
      (error) => error instanceof UserError && error.problems[0]?.subject === "shop/environment",
    );
  });
}
