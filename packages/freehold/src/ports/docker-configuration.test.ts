import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { writeConfiguration } from "./docker-configuration.ts";
import { createTemporary } from "./temporary.ts";

let own = "";
before(async () => {
  own = await mkdtemp(join(tmpdir(), "freehold-own-docker-"));
});
after(() => rm(own, { recursive: true, force: true }));

const registry = "localhost:1";
const login = { user: "AWS", password: "canary-password" };
const path = process.env["PATH"] ?? "";

async function written() {
  const parent = await mkdtemp(join(own, "parent-"));
  const temporary = createTemporary({ pid: 1, processes: { startOf: async () => "alive" }, parent });
  const made = await writeConfiguration({ registry, login, own, path, temporary });
  const folder = made.variables["DOCKER_CONFIG"] ?? "";
  return { ...made, folder, content: JSON.parse(await readFile(join(folder, "config.json"), "utf8")) };
}

/** Every file below a folder, links to the person's own left aside. */
async function texts(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), "utf8")));
}

const secret = new RegExp(`canary|${btoa("AWS:canary-password").slice(0, 20)}`);

test("Docker finds the login through a helper; no file holds it, and the folder is gone afterwards", async () => {
  const { folder, content, variables, dispose } = await written();
  assert.deepEqual(content, { credHelpers: { [registry]: "freehold" } });
  assert.equal((await stat(folder)).mode & 0o077, 0);
  const asked = promisify(execFile)("docker-credential-freehold", ["get"], { env: variables });
  const answer = { ServerURL: registry, Username: login.user, Secret: login.password };
  assert.deepEqual(JSON.parse((await asked).stdout), answer);
  const held = await texts(folder);
  assert.equal(held.length, 2);
  assert.doesNotMatch(held.join("\n"), secret);
  await dispose();
  await assert.rejects(access(folder));
});

test("talks to the engine that the user has chosen, and never takes the user's logins along", async () => {
  const text = JSON.stringify({ currentContext: "desktop", auths: { "docker.io": { auth: "own" } } });
  await writeFile(join(own, "config.json"), text);
  await mkdir(join(own, "contexts", "meta"), { recursive: true });
  const { folder, content, dispose } = await written();
  assert.deepEqual(content, { credHelpers: { [registry]: "freehold" }, currentContext: "desktop" });
  await access(join(folder, "contexts", "meta"));
  await dispose();
  await access(join(own, "contexts", "meta"));
  assert.equal(await readFile(join(own, "config.json"), "utf8"), text);
});

/** A Docker that has asked for its login, and pushes for a while. */
const slowDocker = `#!/bin/sh
docker-credential-freehold get | grep -q canary-password && echo pushing >&2
exec sleep 3
`;

for (const signal of ["SIGKILL", "SIGHUP"] as const)
  test(`${signal} in the middle of a push leaves no password in any file`, async () => {
    const place = await mkdtemp(join(own, "killed-"));
    const temporary = join(place, "tmp");
    await mkdir(temporary);
    await writeFile(join(place, "docker"), slowDocker);
    await chmod(join(place, "docker"), 0o700);
    const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
    const program = `
      const { createDocker } = await import(${module("./docker.ts")});
      const { createTemporary } = await import(${module("./temporary.ts")});
      const processes = { startOf: async () => "alive" };
      const { PATH, HOME } = process.env;
      const docker = createDocker({
        environments: { plain: { PATH, HOME }, fetching: { PATH, HOME } },
        temporary: createTemporary({ pid: process.pid, processes }),
      });
      await docker.login("${registry}", "AWS", "canary-password");
      console.log("ready");
      await docker.push("${registry}/shop:1");`;
    const engine = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { PATH: `${place}${delimiter}${path}`, HOME: place, TMPDIR: temporary },
    });
    await once(engine.stdout, "data");
    while (!(await texts(temporary)).some((text) => text.includes("credHelpers")))
      await new Promise((resolve) => setTimeout(resolve, 20));
    // Docker is started right behind the file.
    await new Promise((resolve) => setTimeout(resolve, 500));
    engine.kill(signal);
    if (engine.exitCode === null && engine.signalCode === null) await once(engine, "exit");
    assert.equal(engine.signalCode, signal);
    const left = await texts(temporary);
    assert.ok(left.length > 0, "it was killed after its end");
    assert.doesNotMatch(left.join("\n"), secret);
  });
