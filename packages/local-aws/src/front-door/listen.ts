import { once } from "node:events";
import { lstat, mkdir, rm } from "node:fs/promises";
import type { Server } from "node:http";
import type { Server as NetServer } from "node:net";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import type { Settings } from "../platform.ts";

/** Somebody else listens on the port. */
export class PortTaken extends Error {
  override readonly name = "PortTaken";
}

/** Opens a server on the port of its settings. @throws PortTaken */
export async function listenOnPort(server: Server, settings: Pick<Settings, "host" | "port">): Promise<void> {
  try {
    server.listen(settings.port, settings.host);
    await once(server, "listening");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new PortTaken(
        `port ${settings.port} is in use; stop what listens there, or choose another with LOCAL_AWS_PORT or --port`,
      );
    }
    throw error;
  }
}

/** Opens a server on a Unix socket; what an instance that died left there is removed. */
export async function listenOnSocket(server: NetServer, path: string): Promise<void> {
  await openFolder(dirname(path));
  await rm(path, { force: true });
  server.listen({ path, readableAll: true, writableAll: true });
  await once(server, "listening");
}

/** Made by another user of this machine, who could put a socket of their own in the place of ours. */
export class FolderNotOurs extends Error {
  override readonly name = "FolderNotOurs";
}

/** Makes a folder that others may pass but not list or change: containers with other users reach a socket in it by its mount. */
async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const { uid, mode } = await lstat(folder).then((found) =>
    found.isDirectory() ? found : { uid: -1, mode: 0 },
  );
  if (userInfo().uid !== uid || (mode & 0o022) !== 0) {
    throw new FolderNotOurs(`${folder} belongs to another user, or others may write to it; remove it`);
  }
}

/** Ends a server and every connection to it. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
