import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { closeServer, listenOnPort } from "./listen.ts";

test("a port that somebody else has is named, with the ways out", async () => {
  const other = createServer();
  other.listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  assert.ok(typeof address === "object" && address !== null);
  const { port } = address;
  try {
    await assert.rejects(listenOnPort(createServer(), { host: "127.0.0.1", port }), {
      name: "PortTaken",
      message: new RegExp(`port ${port} is in use; stop what listens there, .*LOCAL_AWS_PORT or --port`),
    });
  } finally {
    await closeServer(other);
  }
});
