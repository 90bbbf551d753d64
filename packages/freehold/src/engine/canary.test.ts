import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeAccount } from "./testing/fake-account.ts";
import { shopApplication } from "./testing/shop.ts";
import { createTranscript } from "./testing/transcript.ts";
import { up } from "./up.ts";

/** Law 3 over the account in memory, whose made passwords are `password1`, `password2` …; `npm run test:canary` has the rest. */
test("a made password is in no event, record, task definition, rendered file, schedule or command", async () => {
  const world = await fakeAccount();
  const written: string[] = [];
  const files = {
    ...world.ports.files,
    write: async (path: string, content: string | Uint8Array) => {
      written.push(String(content));
      await world.ports.files.write(path, content);
    },
  };
  const transcript = createTranscript();
  await up({ application: shopApplication() }, { ...world.ports, files }, transcript.emit);
  const texts = [...world.secrets.secrets.values()].flatMap((versions) =>
    [...versions.values()].map(({ text }) => text),
  );
  const passwords = [...new Set(texts.flatMap((text) => text.match(/password\d+/g) ?? []))];
  assert.ok(passwords.length >= 2, "of the database and of the cache");
  const places = {
    events: transcript.events,
    objects: [...world.s3.objects],
    definitions: [...world.ecs.revisions],
    files: written,
    schedules: [...world.schedules],
    commands: world.ecs.ran,
    keys: [...world.keys],
  };
  for (const [place, content] of Object.entries(places)) {
    const text = JSON.stringify(content);
    assert.ok(text.length > 2, `there are ${place}`);
    for (const password of passwords)
      assert.ok(!text.includes(password), `${password} is among the ${place}`);
  }
});
