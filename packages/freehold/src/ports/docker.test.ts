import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { createDocker } from "./docker.ts";
import { createProcesses } from "./processes.ts";
import { createTemporary } from "./temporary.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "freehold-build-arguments-"));
  // Shows what it was called with, and which variables it has.
  await writeFile(join(folder, "docker"), '#!/bin/sh\nfor one in "$@"; do echo "argument $one"; done\nenv\n');
  await chmod(join(folder, "docker"), 0o700);
});
after(() => rm(folder, { recursive: true }));

test("a secret build argument is in no argument of a process, and sets nothing that this machine acts on", async () => {
  const environment = { PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`, HOME: folder };
  const temporary = createTemporary({ pid: process.pid, processes: createProcesses(environment) });
  const docker = createDocker({ environments: { plain: environment, fetching: environment }, temporary });
  const lines: string[] = [];
  await docker.build(
    {
      context: { kind: "folder", path: folder },
      dockerfile: "Dockerfile",
      args: { COLOR: "blue", NPM_TOKEN: "canary", toString: "x", DOCKER_HOST: "tcp://evil", PATH: "/evil" },
      platform: "linux/amd64",
      tag: "shop:1",
    },
    (line) => lines.push(line),
  );
  const built = lines.flatMap((line, index) => (line === "argument --build-arg" ? [lines[index + 1]] : []));
  assert.deepEqual(built, [
    "argument COLOR=blue",
    "argument NPM_TOKEN",
    "argument toString=x",
    "argument DOCKER_HOST=tcp://evil",
    "argument PATH=/evil",
  ]);
  const variables = lines.filter((line) => /^(COLOR|NPM_TOKEN|DOCKER_HOST|PATH)=/.test(line)).sort();
  assert.deepEqual(variables, ["NPM_TOKEN=canary", `PATH=${environment.PATH}`]);
});

test("no name of an image or path is taken for an option of Docker", async () => {
  const environment = { PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`, HOME: folder };
  const temporary = createTemporary({ pid: process.pid, processes: createProcesses(environment) });
  const docker = createDocker({ environments: { plain: environment, fetching: environment }, temporary });
  await writeFile(join(folder, "docker"), `#!/bin/sh\necho "$@" >> ${join(folder, "calls")}\n`);
  await docker.imageId("--name");
  await docker.pull("--name", "linux/amd64");
  await docker.tag("--name", "--other");
  await assert.rejects(docker.push("--name"), /The registry gave no digest for --name/);
  await assert.rejects(docker.copyOut("--name", "/out", join(folder, "out")));
  assert.deepEqual((await readFile(join(folder, "calls"), "utf8")).split("\n"), [
    "images --quiet --no-trunc -- --name",
    "pull --quiet --platform linux/amd64 -- --name",
    "tag -- --name --other",
    "push -- --name",
    "create -- --name",
    `cp -- :/out ${join(folder, "out.part")}`,
    "rm --volumes -- ",
    "",
  ]);
});
