import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { findEndpoint, parseHost } from "./endpoint.ts";

const home = await mkdtemp(join(tmpdir(), "docker-home-"));
after(() => rm(home, { recursive: true }));

const find = (environment: Readonly<Record<string, string>>, platform: NodeJS.Platform = "linux") =>
  findEndpoint({ environment, home, platform });

async function writeContext(name: string, host: string, files: Readonly<Record<string, string>> = {}) {
  const id = createHash("sha256").update(name).digest("hex");
  const meta = join(home, ".docker/contexts/meta", id);
  await mkdir(meta, { recursive: true });
  await writeFile(
    join(meta, "meta.json"),
    JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }),
  );
  const tls = join(home, ".docker/contexts/tls", id, "docker");
  await mkdir(tls, { recursive: true });
  for (const [file, content] of Object.entries(files)) await writeFile(join(tls, file), content);
}

await writeContext("desktop", "unix:///home/me/.docker/desktop/docker.sock");
await writeContext("far", "tcp://far.example:2376", { "ca.pem": "CA", "cert.pem": "CERT", "key.pem": "KEY" });
await writeContext("server", "ssh://me@server");

const hosts = [
  ["unix:///run/user/1000/docker.sock", { kind: "socket", socketPath: "/run/user/1000/docker.sock" }],
  ["npipe:////./pipe/docker_engine", { kind: "socket", socketPath: "\\\\.\\pipe\\docker_engine" }],
  ["tcp://127.0.0.1:2375", { kind: "tcp", host: "127.0.0.1", port: 2375 }],
  ["tcp://[::1]:99", { kind: "tcp", host: "::1", port: 99 }],
  ["http://docker", { kind: "tcp", host: "docker", port: 2375 }],
  ["https://docker", { kind: "tcp", host: "docker", port: 2376, tls: {} }],
] as const;

for (const [host, expected] of hosts) {
  test(`${host} is understood`, () => {
    assert.deepEqual(parseHost(host, "DOCKER_HOST"), expected);
  });
}

const refused = [
  ["ssh://me@server", /ssh -nNT -L .*DOCKER_HOST=unix:/],
  ["fd://", /use unix:/],
  ["tcp://", /use unix:/],
  ["nonsense", /DOCKER_HOST is "nonsense"; use unix:/],
] as const;

for (const [host, message] of refused) {
  test(`${host} is refused`, () => {
    assert.throws(() => parseHost(host, "DOCKER_HOST"), { name: "EndpointError", message });
  });
}

test("without a word of the user's it is the usual socket or pipe", async () => {
  assert.deepEqual(await find({}), { kind: "socket", socketPath: "/var/run/docker.sock" });
  assert.deepEqual(await find({}, "win32"), { kind: "socket", socketPath: "\\\\.\\pipe\\docker_engine" });
  assert.deepEqual(await find({ DOCKER_CONTEXT: "default" }), {
    kind: "socket",
    socketPath: "/var/run/docker.sock",
  });
});

test("a context is found by its name, the current one in the configuration; DOCKER_HOST goes first", async () => {
  const desktop = { kind: "socket", socketPath: "/home/me/.docker/desktop/docker.sock" };
  assert.deepEqual(await find({ DOCKER_CONTEXT: "desktop" }), desktop);
  const config = join(home, ".docker/config.json");
  await writeFile(config, JSON.stringify({ currentContext: "desktop" }));
  assert.deepEqual(await find({}), desktop);
  const own = await find({ DOCKER_HOST: "unix:///own.sock", DOCKER_CONTEXT: "desktop" });
  assert.deepEqual(own, { kind: "socket", socketPath: "/own.sock" });
  await writeFile(config, "{");
  await assert.rejects(find({}), { name: "EndpointError", message: /config\.json cannot be read/ });
  await rm(config);
});

test("a context's certificates are used, one that is missing and one over SSH are refused", async () => {
  assert.deepEqual(await find({ DOCKER_CONTEXT: "far" }), {
    kind: "tcp",
    host: "far.example",
    port: 2376,
    tls: {
      rejectUnauthorized: true,
      ca: Buffer.from("CA"),
      cert: Buffer.from("CERT"),
      key: Buffer.from("KEY"),
    },
  });
  await assert.rejects(find({ DOCKER_CONTEXT: "none" }), /"none" does not exist/);
  await assert.rejects(find({ DOCKER_CONTEXT: "server" }), /context "server" is "ssh:/);
});

test("DOCKER_TLS_VERIFY and DOCKER_CERT_PATH make it TLS", async () => {
  const folder = join(home, "certificates");
  await mkdir(folder);
  await writeFile(join(folder, "ca.pem"), "CA");
  assert.deepEqual(
    await find({ DOCKER_HOST: "tcp://docker:2376", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: folder }),
    { kind: "tcp", host: "docker", port: 2376, tls: { rejectUnauthorized: true, ca: Buffer.from("CA") } },
  );
});
