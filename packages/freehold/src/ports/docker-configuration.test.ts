import assert from "node:assert/strict";
import { access, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { writeConfiguration } from "./docker-configuration.ts";

let own = "";
before(async () => {
  own = await mkdtemp(join(tmpdir(), "freehold-own-docker-"));
});
after(() => rm(own, { recursive: true, force: true }));

const logins = new Map([["localhost:1", { user: "AWS", password: "secret" }]]);

async function written(): Promise<{
  readonly folder: string;
  dispose(): Promise<void>;
  readonly content: unknown;
}> {
  const made = await writeConfiguration(logins, own);
  return { ...made, content: JSON.parse(await readFile(join(made.folder, "config.json"), "utf8")) };
}

const auths = { "localhost:1": { auth: btoa("AWS:secret") } };

test("holds the logins for nobody else's eyes, and is gone afterwards", async () => {
  const { folder, content, dispose } = await written();
  assert.deepEqual(content, { auths });
  assert.equal((await stat(join(folder, "config.json"))).mode & 0o077, 0);
  await dispose();
  await assert.rejects(access(folder));
});

test("talks to the engine that the user has chosen, and never takes the user's logins along", async () => {
  const text = JSON.stringify({ currentContext: "desktop", auths: { "docker.io": { auth: "own" } } });
  await writeFile(join(own, "config.json"), text);
  await mkdir(join(own, "contexts", "meta"), { recursive: true });
  const { folder, content, dispose } = await written();
  assert.deepEqual(content, { auths, currentContext: "desktop" });
  await access(join(folder, "contexts", "meta"));
  await dispose();
  await access(join(own, "contexts", "meta"));
  assert.equal(await readFile(join(own, "config.json"), "utf8"), text);
});
