import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { closeServer } from "./listen.ts";
import { proxyToMoto } from "./moto-proxy.ts";

test("no answer is lost to a server that closes its connection behind it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hasty-"));
  const socket = join(folder, "s.sock");
  // Another thread: in this one the server could not come between two of our writes.
  const hasty = new Worker(new URL("./testing/hasty-server.ts", import.meta.url), { workerData: socket });
  const failures: unknown[] = [];
  const door = createServer((request, response) => {
    proxyToMoto(socket, request, response, undefined).catch((error: unknown) => {
      failures.push(error);
      response.destroy();
    });
  });
  try {
    await once(hasty, "message");
    door.listen(0, "127.0.0.1");
    await once(door, "listening");
    const address = door.address();
    assert.ok(typeof address === "object" && address !== null);
    for (let round = 0; round < 200; round += 1) assert.equal(await post(address.port), "ok");
    assert.deepEqual(failures, []);
  } finally {
    await hasty.terminate();
    await closeServer(door);
    await rm(folder, { recursive: true });
  }
});

async function post(port: number): Promise<string> {
  const outgoing = httpRequest({ port, host: "127.0.0.1", method: "POST", headers: { "content-length": 2 } });
  outgoing.end("{}");
  const [answer] = await once(outgoing, "response");
  return text(answer);
}
