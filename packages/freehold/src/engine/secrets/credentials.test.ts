import assert from "node:assert/strict";
import { test } from "node:test";
import { type FakeWorld, fakeWorld } from "../testing/fake-ports.ts";
import { provisionShop, shopTarget } from "../testing/shop.ts";
import { createTranscript } from "../testing/transcript.ts";
import { credentials } from "./credentials.ts";

const target = shopTarget();

function provisioned(): FakeWorld {
  const world = fakeWorld();
  provisionShop(world);
  return world;
}

async function fill(world: FakeWorld): Promise<readonly string[]> {
  const transcript = createTranscript();
  await credentials({ target }, world.ports, transcript.emit);
  return transcript.lines();
}

function current(world: FakeWorld, id: string): string {
  const versions = [...(world.secrets.secrets.get(id)?.values() ?? [])];
  return versions.find((version) => version.labels.has("AWSCURRENT"))?.text ?? "";
}

test("empty secrets are filled, the cache is told its token, bound variables are composed of both", async () => {
  const world = provisioned();
  assert.deepEqual(await fill(world), [
    "credentials …",
    "credentials ~ telling cache its token (ROTATE)",
    "credentials ~ telling cache its token (SET)",
    "credentials done (3 secrets written)",
  ]);
  assert.deepEqual(JSON.parse(current(world, "arn:secret/db-shop")), {
    password: "password1",
    username: "shop",
  });
  assert.equal(current(world, "arn:secret/token"), "password2");
  assert.deepEqual(world.tokens, ["ROTATE password2", "SET password2"]);
  assert.deepEqual(JSON.parse(current(world, "arn:secret/bindings-api")), {
    DATABASE_URL: "postgres://shop:password1@db.local:5432/shop?sslmode=verify-full",
    REDIS_URL: "rediss://:password2@cache.local:6379/0",
  });
});

test("a cache without a token is told nothing", async () => {
  const world = provisioned();
  const { cache } = target.outputs.caches;
  assert.ok(cache !== undefined);
  const open = { ...target.outputs, caches: { cache: { ...cache, token_secret_arn: null } } };
  const services = target.environment.services.map((service) =>
    service.type === "web" ? { ...service, bindings: {} } : service,
  );
  const environment = { ...target.environment, services };
  await credentials({ target: { ...target, environment, outputs: open } }, world.ports, () => {});
  assert.deepEqual(world.tokens, []);
  assert.equal(current(world, "arn:secret/token"), "");
});

test("a second run writes nothing and tells the cache nothing", async () => {
  const world = provisioned();
  await fill(world);
  world.journal.calls.length = 0;
  assert.deepEqual(await fill(world), ["credentials …", "credentials unchanged"]);
  assert.deepEqual(world.journal.calls, []);
});

test("killed before any call and run again, it ends with the cache holding the token of its secret", async () => {
  const undisturbed = provisioned();
  await fill(undisturbed);
  for (let index = 0; index < undisturbed.journal.calls.length; index += 1) {
    const world = provisioned();
    world.journal.failAt = index;
    await assert.rejects(fill(world), { name: "Killed" });
    delete world.journal.failAt;
    await fill(world);
    assert.equal(world.tokens.at(-1), `SET ${current(world, "arn:secret/token")}`, `${index}`);
    assert.match(current(world, "arn:secret/bindings-api"), new RegExp(current(world, "arn:secret/token")));
  }
});

test("a host that has changed is written, and no password with it", async () => {
  const world = provisioned();
  await fill(world);
  const { outputs } = target;
  const db = outputs.databases["db"];
  assert.ok(db);
  const moved = { ...target, outputs: { ...outputs, databases: { db: { ...db, host: "elsewhere" } } } };
  world.journal.calls.length = 0;
  await credentials({ target: moved }, world.ports, () => {});
  assert.deepEqual(world.journal.calls, ["putSecretValue"]);
  assert.match(current(world, "arn:secret/bindings-api"), /password1@elsewhere:5432/);
});
