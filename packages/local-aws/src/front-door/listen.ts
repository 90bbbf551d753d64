import { once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import type { Server } from "node:http";
import type { Server as NetServer } from "node:net";
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
  await mkdir(dirname(path), { recursive: true, mode: 0o711 });
  await rm(path, { force: true });
  server.listen({ path, readableAll: true, writableAll: true });
  await once(server, "listening");
}

/** Ends a server and every connection to it. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
