import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import type { DescribeImagesResponse, GetAuthorizationTokenResponse } from "@aws-sdk/client-ecr";
import { createEcr } from "../src/ecr/service.ts";
import type { OwnService } from "../src/service.ts";
import { caller, doublePlatform } from "./testing/double-platform.ts";

const run = promisify(execFile);
let ecr: OwnService;
let registry: string;
let folder: string;
const server = createServer((request, response) => {
  const plane = ecr.planes?.find((one) => one.claims(request));
  if (plane === undefined) response.writeHead(501).end();
  else void plane.serve(request, response);
});

/** The Docker CLI with a configuration of its own, so that nobody's logins are touched. */
const docker = (...args: readonly string[]) => run("docker", ["--config", join(folder, "config"), ...args]);

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  registry = `localhost:${port}`;
  folder = await mkdtemp(join(tmpdir(), "registry-"));
  ecr = await createEcr(await doublePlatform({ port }));
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
});

async function login(): Promise<void> {
  const { authorizationData } = await caller(ecr)<GetAuthorizationTokenResponse>("GetAuthorizationToken");
  const token = Buffer.from(authorizationData?.[0]?.authorizationToken ?? "", "base64").toString();
  const child = docker("login", "--username", "AWS", "--password-stdin", registry);
  child.child.stdin?.end(token.slice("AWS:".length));
  await child;
}

async function build(reference: string): Promise<void> {
  await writeFile(join(folder, "Dockerfile"), "FROM scratch\nCOPY content /content\n");
  await writeFile(join(folder, "content"), randomUUID());
  await docker("build", "--quiet", "--tag", reference, folder);
}

test("docker logs in, pushes and pulls; nobody else does", async () => {
  const image = `${registry}/shop/api:v1`;
  await build(image);
  try {
    await assert.rejects(docker("push", image), /no basic auth credentials|authorization|unauthorized/i);
    await login();
    await assert.rejects(docker("push", image), /does not exist/);
    await caller(ecr)("CreateRepository", { repositoryName: "shop/api" });
    await docker("push", image);
    const { imageDetails } = await caller(ecr)<DescribeImagesResponse>("DescribeImages", {
      repositoryName: "shop/api",
    });
    const digest = imageDetails?.find((one) => one.imageTags?.includes("v1"))?.imageDigest;
    assert.ok(digest);
    await docker("image", "rm", image);
    await docker("pull", `${registry}/shop/api@${digest}`);
    const { stdout } = await docker(
      "image",
      "inspect",
      "--format",
      "{{index .RepoDigests 0}}",
      `${registry}/shop/api@${digest}`,
    );
    assert.equal(stdout.trim(), `${registry}/shop/api@${digest}`);
    await docker("image", "rm", `${registry}/shop/api@${digest}`);
  } finally {
    await docker("image", "rm", "--force", image).catch(() => {});
  }
});
