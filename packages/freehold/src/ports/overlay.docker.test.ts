import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { overlayBuild } from "../engine/build/overlay.ts";
import { createDocker } from "./docker.ts";
import { createEnvironments } from "./environment.ts";
import { createProcesses } from "./processes.ts";
import { createTemporary } from "./temporary.ts";

const tags = { below: "freehold-overlay-test:below", above: "freehold-overlay-test:above" };
const port = createDocker({
  environments: createEnvironments(process.env),
  temporary: createTemporary({ pid: process.pid, processes: createProcesses({}) }),
});
const context = mkdtempSync(join(tmpdir(), "freehold-overlay-test-"));

function docker(...args: readonly string[]): string {
  return execFileSync("docker", args, { encoding: "utf8" });
}

/** An image that runs as somebody else, from a Dockerfile that no folder holds. */
before(async () => {
  writeFileSync(join(context, "here"), "from the context");
  const text = 'FROM debian:bookworm-slim\nCOPY here /here\nUSER 1000\nENTRYPOINT ["cat"]\nCMD ["/here"]\n';
  await build({ kind: "folder", path: context }, { text }, tags.below);
  const owner = { user: 0, group: 0 };
  const files = [
    { path: "/new/folder/my key", content: "for one", mode: 0o400, owner: { user: 1000, group: 7 } },
    { path: "/etc/routes.yaml", content: new Uint8Array([104, 105]), mode: 0o444, owner },
    { path: "/usr/local/bin/start", content: "#!/bin/sh\n", mode: 0o755, owner },
  ];
  const laid = overlayBuild(tags.below, { files, stopSignal: "SIGQUIT" });
  await build({ kind: "files", files: laid }, "Dockerfile", tags.above);
});
after(() => {
  rmSync(context, { recursive: true });
  docker("image", "rm", "--force", tags.above, tags.below);
});

type Build = Parameters<typeof port.build>[0];

function build(from: Build["context"], dockerfile: Build["dockerfile"], tag: string): Promise<void> {
  return port.build({ context: from, dockerfile, args: {}, platform: "linux/amd64", tag }, () => {});
}

test("files lie where they shall, with owner, mode and content", () => {
  const paths = ["/new/folder/my key", "/etc/routes.yaml", "/usr/local/bin/start", "/new/folder"];
  const format = "%F %a %u:%g %s";
  const told = docker("run", "--rm", "--entrypoint", "stat", tags.above, "--format", format, ...paths);
  assert.deepEqual(told.trim().split("\n").slice(0, 3), [
    "regular file 400 1000:7 7",
    "regular file 444 0:0 2",
    "regular file 755 0:0 10",
  ]);
  assert.match(told, /directory 755 /, "who may not enter the folder finds no file");

  assert.equal(docker("run", "--rm", tags.above, "/new/folder/my key", "/etc/routes.yaml"), "for onehi");
});

test("all else is as the image has it", () => {
  const told = docker("inspect", "--format", "{{.Config.User}} {{.Config.StopSignal}}", tags.above);
  assert.equal(told.trim(), "1000 SIGQUIT");
  assert.equal(docker("run", "--rm", tags.above), "from the context");
});
