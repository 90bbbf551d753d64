import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createEngine, type Engine } from "./engine.ts";
import { framesIn } from "./frames.ts";

interface Seen {
  readonly call: string;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

type Serve = (call: string, response: ServerResponse) => void;

/** An Engine on a socket of its own, which remembers what it was asked. */
async function fakeEngine(t: TestContext, serve: Serve, version = "1.51") {
  const folder = await mkdtemp(join(tmpdir(), "engine-"));
  const socketPath = join(folder, "docker.sock");
  const seen: Seen[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const call = `${request.method} ${decodeURIComponent(request.url ?? "")}`;
    if (request.url === "/_ping") {
      response.setHeader("api-version", version).end("OK");
    } else {
      seen.push({ call, body, headers: request.headers });
      serve(call, response);
    }
  });
  server.on("connection", () => {
    connections += 1;
  });
  await once(server.listen(socketPath), "listening");
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });
  const engine: Engine = createEngine({ kind: "socket", socketPath });
  return { engine, seen, connections: () => connections };
}

const json = (response: ServerResponse, value: unknown, status = 200) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));

function frame(source: number, text: string): Buffer {
  const head = Buffer.alloc(8);
  head[0] = source;
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
}

test("it speaks the Engine's version, but none newer than it knows, over one connection", async (t) => {
  for (const [its, spoken] of [
    ["1.41", "1.41"],
    ["1.60", "1.51"],
  ] as const) {
    const fake = await fakeEngine(t, (_call, response) => json(response, { NCPU: 3 }), its);
    assert.deepEqual([await fake.engine.info(), await fake.engine.info()], [{ NCPU: 3 }, { NCPU: 3 }]);
    assert.deepEqual(
      fake.seen.map(({ call }) => call),
      [`GET /v${spoken}/info`, `GET /v${spoken}/info`],
    );
    assert.equal(fake.connections(), 1);
  }
});

test("an Engine that is too old, and one that is not there, are refused", async (t) => {
  const { engine } = await fakeEngine(t, (_call, response) => json(response, {}), "1.30");
  await assert.rejects(engine.info(), { name: "DockerError", message: /1\.30; 1\.41/ });
  await assert.rejects(createEngine({ kind: "socket", socketPath: "/nowhere.sock" }).ping(), {
    code: "ENOENT",
  });
});

test("a refusal has Docker's status and words", async (t) => {
  const { engine } = await fakeEngine(t, (_call, response) =>
    json(response, { message: "No such container: x" }, 404),
  );
  await assert.rejects(engine.getContainer("x").inspect(), {
    name: "DockerError",
    statusCode: 404,
    message: "No such container: x",
  });
  assert.equal(await engine.getContainer("x").hasPath("/srv"), false);
});

test("a container is made, started, stopped and removed; names are no paths", async (t) => {
  const { engine, seen } = await fakeEngine(t, (call, response) => {
    if (call.includes("/create")) json(response, { Id: "id" }, 201);
    else response.writeHead(call.includes("/stop") ? 304 : 204).end();
  });
  const creation = { name: "a", Image: "i", Labels: {}, HostConfig: { NetworkMode: "none" } };
  const made = await engine.createContainer(creation);
  await made.start();
  await made.stop({ t: 3 });
  await made.remove();
  await engine.getContainer("../x?y").kill();
  assert.deepEqual(
    seen.map(({ call }) => call.replace("/v1.51", "")),
    [
      "POST /containers/create?name=a",
      "POST /containers/id/start",
      "POST /containers/id/stop?t=3",
      "DELETE /containers/id?force=true&v=true",
      "POST /containers/../x?y/kill?signal=SIGKILL",
    ],
  );
  assert.deepEqual(JSON.parse(seen[0]?.body ?? ""), {
    Image: "i",
    Labels: {},
    HostConfig: { NetworkMode: "none" },
  });
});

test("output comes in frames, however it is cut", async (t) => {
  const bytes = Buffer.concat([frame(1, "out ✓"), frame(2, "err"), frame(1, "")]);
  const { engine } = await fakeEngine(t, (_call, response) => {
    for (const byte of bytes) response.write(Buffer.of(byte));
    response.end();
  });
  const pieces: string[] = [];
  for await (const { source, bytes: piece } of framesIn(
    await engine.getContainer("x").logs({ follow: false }),
  )) {
    pieces.push(`${source}: ${piece}`);
  }
  assert.deepEqual(pieces, ["stdout: out ✓", "stderr: err", "stdout: "]);
});

test("a command in a container has output and a code", async (t) => {
  const { engine, seen } = await fakeEngine(t, (call, response) => {
    if (call.endsWith("/containers/x/exec")) json(response, { Id: "e" }, 201);
    else if (call.endsWith("/json")) json(response, { ExitCode: 7 });
    else response.end(frame(1, "done"));
  });
  const { output, code } = await engine.getContainer("x").exec({ Cmd: ["ls"], Env: ["A=1"] });
  const pieces = await Array.fromAsync(framesIn(output), ({ bytes }) => bytes.toString());
  assert.deepEqual([pieces, await code()], [["done"], 7]);
  assert.deepEqual(JSON.parse(seen[0]?.body ?? ""), {
    Cmd: ["ls"],
    Env: ["A=1"],
    AttachStdout: true,
    AttachStderr: true,
  });
});

test("a pull gives one tag and its login, and fails with what the progress says", async (t) => {
  const { engine, seen } = await fakeEngine(t, (call, response) => {
    response.write('{"status":"Pulling"}\n');
    response.end(
      call.includes("bad") ? '{"errorDetail":{"message":"no space"},"error":"no"}\n' : '{"status":"Done"}',
    );
  });
  await (await engine.pull("127.0.0.1:5000/a", { username: "u", password: "p", serveraddress: "s" })).done;
  await (await engine.pull("a@sha256:1")).done;
  await assert.rejects((await engine.pull("bad:1")).done, { name: "DockerError", message: "no space" });
  assert.deepEqual(
    seen.map(({ call }) => call.replace("POST /v1.51/images/create?fromImage=", "")),
    ["127.0.0.1:5000/a:latest", "a@sha256:1", "bad:1"],
  );
  const login = Buffer.from(String(seen[0]?.headers["x-registry-auth"]), "base64url").toString();
  assert.deepEqual(JSON.parse(login), { username: "u", password: "p", serveraddress: "s" });
  assert.equal(seen[1]?.headers["x-registry-auth"], undefined);
});

test("a build that fails ends with its last output", async (t) => {
  const { engine, seen } = await fakeEngine(t, (_call, response) => {
    for (let at = 0; at < 20; at += 1) response.write(`{"stream":"line ${at}\\n"}\n`);
    response.end('{"error":"exit code 1"}\n');
  });
  await assert.rejects(
    engine.build({ context: Buffer.from("tar"), tag: "t", network: "host" }),
    (error: Error) => {
      assert.match(error.message, /^exit code 1\nline 5\n/);
      assert.match(error.message, /line 19\n$/);
      return true;
    },
  );
  assert.deepEqual([seen[0]?.headers["content-type"], seen[0]?.body], ["application/x-tar", "tar"]);
});

test("events are read until they are aborted", async (t) => {
  const { engine, seen } = await fakeEngine(
    t,
    (_call, response) => void response.write('{"Action":"die"}\n'),
  );
  const enough = new AbortController();
  const stream = await engine.events({ type: ["container"] }, enough.signal);
  const read = async () => {
    for await (const chunk of stream) {
      assert.equal(String(chunk), '{"Action":"die"}\n');
      enough.abort();
    }
  };
  await assert.rejects(read(), (error: Error) => /abort/i.test(`${error.name} ${error.message}`));
  assert.equal(seen[0]?.call, 'GET /v1.51/events?filters={"type":["container"]}');
});

test("lists that Docker leaves empty are empty", async (t) => {
  const { engine, seen } = await fakeEngine(t, (call, response) =>
    json(response, call.includes("volumes") ? { Volumes: null } : []),
  );
  assert.deepEqual(
    [await engine.listVolumes({ label: ["a"] }), await engine.listContainers({ label: ["a"] })],
    [[], []],
  );
  assert.equal(seen[1]?.call, 'GET /v1.51/containers/json?filters={"label":["a"]}&all=true');
});
