import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Canary } from "./canaries.ts";
import { leaks } from "./piece.ts";
import { licenseAtHome, openScene, type Scene, secretsOf } from "./scene.ts";

/** Law 3: secrets stay secret. What an application's whole life leaves behind is searched for every one of its secrets. */
describe("no secret is found", { timeout: 20 * 60_000 }, () => {
  let scene: Scene;
  let canaries: readonly Canary[] = [];
  const own = [newSecret("first"), newSecret("second")] as const;
  const license = newSecret("license");

  before(async () => {
    scene = await openScene();
    await scene.run("plain", ["secrets", "set", "API_KEY"], own[0]);
    await scene.run("plain", ["secrets", "set", "license"], license);
    await scene.run("terminal", ["up", "--yes"]);
    await scene.run("json", ["secrets", "set", "API_KEY"], own[1]);
    await scene.run("json", ["up", "--yes"]);
    await scene.run("plain", ["rollback", "--yes"]);
    await scene.run("plain", ["run", "app", "--", "node", "migrate.js"]);
    for (const verb of [["plan"], ["status"], ["releases"], ["secrets", "ls"], ["logs"], ["check"]])
      for (const form of ["plain", "json"] as const) await scene.run(form, verb);
    canaries = [...(await secretsOf(scene)), await licenseAtHome()];
  });

  after(() => scene.close());

  test("the secrets are those of the application", () => {
    const values = canaries.map(({ value }) => value);
    for (const value of [...own, license]) assert.ok(values.includes(value));
    const names = canaries.map(({ name }) => name).join("\n");
    for (const kind of [/password/, /token/, /DATABASE_URL/, /REDIS_URL/, /file\/db_password/])
      assert.match(names, kind);
  });

  test("they are in none of these places", async (t) => {
    for (const place of scene.places) {
      await t.test(place.name, async () => {
        const pieces = await place.read();
        assert.ok(pieces.length > 0, "there is something to search");
        assert.deepEqual(leaks(pieces, canaries), []);
      });
    }
  });

  test("one that is planted there is found", async (t) => {
    for (const place of scene.places) {
      await t.test(place.name, async () => {
        const planted = { name: "planted", value: newSecret("planted") };
        await place.plant(planted.value);
        assert.notDeepEqual(leaks(await place.read(), [planted]), []);
      });
    }
  });
});

function newSecret(name: string): string {
  return `${name}-${randomBytes(16).toString("hex")}`;
}
