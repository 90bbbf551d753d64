import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { testSettings } from "../../test/testing/test-settings.ts";
import { createFrontDoor } from "./front-door.ts";
import { limits } from "./limits.ts";
import { closeServer } from "./listen.ts";

const scope = "AWS4-HMAC-SHA256 Credential=A/1/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
const form = "Content-Type: application/x-www-form-urlencoded";
const head = (...lines: readonly string[]) =>
  ["POST /b/k HTTP/1.1", "Host: localhost", ...lines, "", ""].join("\r\n");

describe("limits of the front door", () => {
  let folder = "";
  let door: Server;
  let moto: Server;
  let received = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "limits-"));
    moto = createServer(async (request, response) => {
      received = 0;
      for await (const chunk of request) received += chunk.length;
      response.end("moto");
    });
    moto.listen(join(folder, "moto.sock"));
    const silent = { info: () => {}, warn: () => {} };
    const house = {
      settings: testSettings(folder),
      served: [],
      planes: [],
      models: { bySigningName: async () => undefined },
      moto: join(folder, "moto.sock"),
      isPublic: async () => false,
      corsOf: async () => [],
      log: silent,
      calls: silent,
    };
    door = createFrontDoor(house, { head: 300, body: 300, idle: 300, connections: 3 });
    door.listen(0, "127.0.0.1");
    await once(door, "listening");
  });
  after(async () => {
    await closeServer(door);
    await closeServer(moto);
    await rm(folder, { recursive: true, force: true });
  });

  function open(): Socket {
    const address = door.address();
    assert.ok(typeof address === "object" && address !== null);
    return connect(address.port, "127.0.0.1");
  }

  /** Everything the server says until it closes the connection; it must do so within two seconds. */
  async function untilClosed(socket: Socket): Promise<string> {
    const late = sleep(2000, undefined, { ref: false }).then(() =>
      assert.fail("the connection is still open"),
    );
    const said = text(socket).catch((error: Error) => error.message);
    return Promise.race([said, late]).finally(() => socket.destroy());
  }

  const halves: readonly { readonly name: string; readonly bytes: string; readonly says: RegExp }[] = [
    { name: "nothing at all", bytes: "", says: /^$|408/ },
    { name: "half a head", bytes: "POST / HTTP/1.1\r\nHost: localhost\r\nX-Half: ", says: /408/ },
    {
      name: "half a body that is streamed",
      bytes: `${head(`Authorization: ${scope}`, "Content-Length: 100")}half`,
      says: /^$|reset|aborted/i,
    },
    { name: "half a form", bytes: `${head(form, "Content-Length: 100")}half`, says: /^$|reset|aborted/i },
    {
      name: "half a chunk",
      bytes: `${head(`Authorization: ${scope}`, "Transfer-Encoding: chunked")}ff\r\nhalf`,
      says: /^$|reset|aborted/i,
    },
  ];
  for (const { name, bytes, says } of halves) {
    test(`a connection that sends ${name} is closed`, async () => {
      const socket = open();
      socket.write(bytes);
      assert.match(await untilClosed(socket), says);
    });
  }

  test("a slow body that goes on arrives whole", async () => {
    const socket = open();
    socket.write(head(`Authorization: ${scope}`, "Content-Length: 10", "Connection: close"));
    for (let at = 0; at < 10; at += 1) {
      await sleep(100);
      socket.write("x");
    }
    assert.match(await untilClosed(socket), /^HTTP\/1.1 200 /);
    assert.equal(received, 10);
  });

  test("a connection is closed that asks nothing more", async () => {
    const socket = open();
    socket.write(`${head(`Authorization: ${scope}`, "Content-Length: 0")}`);
    assert.match(await untilClosed(socket), /^HTTP\/1.1 200 /);
  });

  test("a form that announces too much is refused before it is sent", async () => {
    const socket = open();
    socket.write(head(form, `Content-Length: ${60 * 2 ** 20}`));
    const [answer] = await once(socket, "data");
    assert.match(String(answer), /^HTTP\/1.1 413 /);
    socket.destroy();
  });

  test("a form of unknown length is refused once it is too much", async () => {
    const socket = open();
    const piece = Buffer.alloc(2 ** 20, "x");
    socket.write(head(form, "Transfer-Encoding: chunked"));
    socket.write(Buffer.concat([Buffer.from("200000\r\n"), piece, piece, Buffer.from("\r\n")]));
    const [answer] = await once(socket, "data");
    assert.match(String(answer), /^HTTP\/1.1 413 /);
    socket.destroy();
  });

  test("an unsigned call for a target is refused without its body", async () => {
    const socket = open();
    socket.write(head("X-Amz-Target: AmazonSSM.GetParameter", `Content-Length: ${60 * 2 ** 20}`));
    const [answer] = await once(socket, "data");
    assert.match(String(answer), /^HTTP\/1.1 4\d\d /);
    socket.destroy();
  });

  test("further connections are closed at once", async () => {
    const held = [open(), open(), open()];
    await Promise.all(held.map((socket) => once(socket, "connect")));
    const one = open();
    const started = performance.now();
    await untilClosed(one);
    assert.ok(performance.now() - started < 250);
    for (const socket of held) socket.destroy();
  });
});

test("the limits that are shipped", () => {
  assert.deepEqual(limits, { head: 30_000, body: 60_000, idle: 65_000, connections: 2000 });
});
