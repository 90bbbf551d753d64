import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { testSettings } from "../../test/testing/test-settings.ts";
import { createClients } from "./clients.ts";
import { closeServer, listenOnSocket } from "./listen.ts";

test("our own clients use the socket, whatever the port does", async () => {
  const folder = await mkdtemp(join(tmpdir(), "clients-"));
  const settings = {
    ...testSettings(folder),
    endpoint: "http://127.0.0.1:1",
    socket: join(folder, "s.sock"),
  };
  const inside = createServer((_request, response) => {
    response.setHeader("content-type", "application/x-amz-json-1.1").end('{"clusterArns":["seen"]}');
  });
  try {
    await listenOnSocket(inside, settings.socket);
    assert.deepEqual((await createClients(settings).ecs.listClusters({})).clusterArns, ["seen"]);
  } finally {
    await closeServer(inside);
    await rm(folder, { recursive: true });
  }
});
