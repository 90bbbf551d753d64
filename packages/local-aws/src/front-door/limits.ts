import type { IncomingMessage } from "node:http";

/** How long a connection may stay silent, and how many there may be. */
export interface Limits {
  /** Until a request's head is complete, in milliseconds. */
  readonly head: number;
  /** Without a byte of a body that has not come to its end, in milliseconds. One that goes on may last. */
  readonly body: number;
  /** Between two requests, in milliseconds. */
  readonly idle: number;
  /** Further connections are closed at once. */
  readonly connections: number;
}

export const limits: Limits = { head: 30_000, body: 60_000, idle: 65_000, connections: 2000 };

/**
 * Breaks off a request whose body stays silent. What waits to be read by us is not the client's silence.
 * Node has a limit for the whole request alone, which would end a long upload.
 */
export function endWhenSilent(request: IncomingMessage, milliseconds: number): void {
  let seen = request.socket.bytesRead;
  const look = (): void => {
    const { bytesRead, destroyed } = request.socket;
    if (request.complete || destroyed) clearInterval(timer);
    else if (bytesRead === seen && request.readableLength === 0) request.socket.destroy();
    seen = bytesRead;
  };
  const timer = setInterval(look, milliseconds).unref();
  request.once("close", () => clearInterval(timer));
}
