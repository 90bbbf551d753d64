import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { DockerPort } from "../engine/ports.ts";
import { UserError } from "../errors.ts";
import { createDocker } from "./docker.ts";
import { createEnvironments } from "./environment.ts";
import { createProcesses } from "./processes.ts";
import { createTemporary } from "./temporary.ts";

/** What is asked of Docker, what it writes as it fails, and what the reader is told of it. */
interface Row {
  readonly name: string;
  readonly ask: keyof typeof asks;
  readonly text: string;
  readonly code: string;
  readonly hint: RegExp;
  /** 1 where nothing is said. */
  readonly exitCode?: 75;
}

const asks = {
  build: (docker: DockerPort) =>
    docker.build(
      {
        context: { kind: "folder", path: "/project" },
        dockerfile: "Dockerfile",
        args: {},
        platform: "linux/amd64",
        tag: "t",
      },
      () => {},
    ),
  pull: (docker: DockerPort) => docker.pull("registry.example/x:1", "linux/amd64"),
  push: (docker: DockerPort) => docker.push("registry.example/x:1"),
  imageId: (docker: DockerPort) => docker.imageId("registry.example/x:1"),
} as const;

const rows: readonly Row[] = [
  {
    name: "Docker without buildx",
    ask: "build",
    text: "ERROR: BuildKit is enabled but the buildx component is missing or broken.\n       Install the buildx component to build images with BuildKit:\n       https://docs.docker.com/go/buildx/",
    code: "no-buildx",
    hint: /docker-buildx/,
  },
  {
    name: "a disk that is full when a layer is written",
    ask: "build",
    text: "ERROR: failed to solve: failed to copy files: copy file range failed: write /var/lib/docker/overlay2/x/merged/big: no space left on device",
    code: "disk-full",
    hint: /docker system df/,
  },
  {
    name: "a disk that fills up in a command of the Dockerfile",
    ask: "build",
    text: "0.284 dd: error writing '/big': No space left on device\n------\nERROR: failed to solve: process \"/bin/sh -c dd if=/dev/zero of=/big\" did not complete successfully: exit code: 1",
    code: "disk-full",
    hint: /docker system prune/,
  },
  {
    name: "an engine that ends in the middle of a build",
    ask: "build",
    text: "#5 [2/2] RUN npm ci\n#5 0.428 \nERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF",
    code: "no-docker",
    hint: /Start Docker/,
  },
  {
    name: "an engine that ends between two commands",
    ask: "imageId",
    text: "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    code: "no-docker",
    hint: /Start Docker/,
  },
  {
    name: "a registry that cannot be reached, on pulling",
    ask: "pull",
    text: 'Error response from daemon: Get "https://registry.example/v2/": dial tcp: lookup registry.example on 192.0.2.53:53: no such host',
    code: "no-registry",
    hint: /its name and the network/,
    exitCode: 75,
  },
  {
    name: "a registry that cannot be reached, on pushing",
    ask: "push",
    text: 'The push refers to repository [localhost:9/x]\nGet "http://localhost:9/v2/": dial tcp 127.0.0.1:9: connect: connection refused',
    code: "no-registry",
    hint: /its name and the network/,
    exitCode: 75,
  },
  {
    name: "a base image whose registry cannot be reached",
    ask: "build",
    text: 'ERROR: failed to solve: registry.example/x:1: failed to resolve source metadata for registry.example/x:1: failed to do request: Head "https://registry.example/v2/x/manifests/1": dial tcp: lookup registry.example on 192.0.2.53:53: no such host',
    code: "no-registry",
    hint: /its name and the network/,
    exitCode: 75,
  },
  {
    name: "a registry that refuses the login",
    ask: "push",
    text: "ed7438344880: Preparing\nno basic auth credentials",
    code: "registry-refused",
    hint: /docker login/,
  },
  {
    name: "a registry of the account that refuses the caller",
    ask: "push",
    text: "denied: User: arn:aws:sts::111111111111:assumed-role/ci is not authorized to perform: ecr:InitiateLayerUpload",
    code: "registry-refused",
    hint: /ecr:PutImage/,
  },
  {
    name: "a base image behind a login",
    ask: "build",
    text: "ERROR: failed to solve: localhost:34567/y:1: failed to resolve source metadata for localhost:34567/y:1: unexpected status from HEAD request to http://localhost:34567/v2/y/manifests/1: 401 Unauthorized",
    code: "registry-refused",
    hint: /docker login/,
  },
  {
    name: "a registry that has had enough",
    ask: "pull",
    text: "Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit.",
    code: "registry-busy",
    hint: /Wait/,
    exitCode: 75,
  },
  {
    name: "an image that is not there",
    ask: "pull",
    text: "Error response from daemon: manifest for node:99 not found: manifest unknown: manifest unknown",
    code: "no-image",
    hint: /Correct the image's name/,
  },
  {
    name: "an image that is not there, or is not shown",
    ask: "pull",
    text: "Error response from daemon: pull access denied for shop/api, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    code: "no-image",
    hint: /docker login/,
  },
  {
    name: "an image of another platform",
    ask: "pull",
    text: "Error response from daemon: no matching manifest for linux/arm64/v8 in the manifest list entries",
    code: "no-image",
    hint: /platform/,
  },
  {
    name: "a base image that is not there",
    ask: "build",
    text: "ERROR: failed to solve: node:99: failed to resolve source metadata for docker.io/library/node:99: docker.io/library/node:99: not found",
    code: "no-image",
    hint: /Correct the image's name/,
  },
  {
    name: "a file of the context that is not there",
    ask: "build",
    text: 'ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref a::b: "/nofile": not found',
    code: "command-failed",
    hint: /Mend the Dockerfile/,
  },
  ...[
    "0.310 /bin/sh: 1: ./start.sh: Permission denied",
    "1.204 npm error connect ECONNREFUSED 127.0.0.1:4873 connection refused",
    "0.911 fatal: unable to look up git.example: no such host",
  ].map((line) => ({
    name: `a command of the Dockerfile that writes ${line}`,
    ask: "build" as const,
    text: `${line}\n------\nERROR: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 126`,
    code: "command-failed",
    hint: /Mend the Dockerfile/,
  })),
];

describe("what Docker says is told with the way out", () => {
  let folder = "";
  const path = process.env["PATH"];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "docker-failure-"));
    await writeFile(join(folder, "docker"), '#!/bin/sh\ncat "$(dirname "$0")/text" >&2\nexit 1\n');
    await chmod(join(folder, "docker"), 0o755);
    process.env["PATH"] = `${folder}${delimiter}${path}`;
  });
  after(async () => {
    process.env["PATH"] = path;
    await rm(folder, { recursive: true });
  });

  for (const row of rows) {
    test(row.name, async () => {
      await writeFile(join(folder, "text"), row.text);
      const docker = createDocker({
        environments: createEnvironments({ ...process.env, DOCKER_CONFIG: folder }),
        temporary: createTemporary({ pid: process.pid, processes: createProcesses({}) }),
      });
      await assert.rejects(asks[row.ask](docker), (error) => {
        assert.ok(error instanceof UserError);
        const [problem] = error.problems;
        assert.equal(error.problems.length, 1);
        assert.deepEqual([problem?.code, error.exitCode], [row.code, row.exitCode ?? 1]);
        assert.match(problem?.hint ?? "", row.hint);
        assert.match(
          problem?.subject ?? "",
          new RegExp(`^docker ${row.ask === "imageId" ? "images" : row.ask}`),
        );
        assert.equal(problem?.output?.at(-1), row.text.split("\n").at(-1));
        return true;
      });
    });
  }
});
