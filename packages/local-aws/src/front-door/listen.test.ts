import assert from "node:assert/strict";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, stat, symlink } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { closeServer, listenOnPort, listenOnSocket } from "./listen.ts";

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

test("a folder for sockets that others may change is refused", async () => {
  const place = await mkdtemp(join(tmpdir(), "sockets-"));
  try {
    await mkdir(join(place, "open"), { mode: 0o777 });
    await chmod(join(place, "open"), 0o777);
    await symlink(join(place, "open"), join(place, "link"));
    for (const folder of ["open", "link"]) {
      await assert.rejects(listenOnSocket(createServer(), join(place, folder, "door.sock")), {
        name: "FolderNotOurs",
      });
    }
    const server = createServer();
    await listenOnSocket(server, join(place, "own/door.sock"));
    assert.equal((await stat(join(place, "own"))).mode & 0o777, 0o711);
    await closeServer(server);
  } finally {
    await rm(place, { recursive: true });
  }
});
