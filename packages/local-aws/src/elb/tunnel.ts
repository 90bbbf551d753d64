import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Duplex } from "node:stream";
import { type Answer, peerAddress } from "./exchange.ts";
import { type HeaderLines, headerLines, headerValue, rawHeaders, withHeaders } from "./headers.ts";
import type { Destination } from "./send.ts";

/** An `Upgrade:` request (WebSocket) and the connection that it wants to become. */
export interface Upgrade {
  readonly target: string;
  /** All headers as they came, `Connection` and `Upgrade` among them. */
  readonly headers: HeaderLines;
  readonly peer: string;
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** What a server received, as an `Upgrade`. */
export function receiveUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Upgrade {
  return {
    target: request.url ?? "/",
    headers: headerLines(request.rawHeaders),
    peer: peerAddress(request),
    socket,
    head,
  };
}

/** Joins the connection with the destination's, once that agrees; else passes on its answer, or `onFailure`'s. */
export function tunnel(
  upgrade: Upgrade,
  to: Destination,
  cutOff: AbortSignal,
  onFailure: () => Answer,
): void {
  const { socket } = upgrade;
  const open = to.protocol === "https" ? httpsRequest : httpRequest;
  const request = open({
    host: to.host,
    port: to.port,
    method: "GET",
    path: upgrade.target,
    headers: rawHeaders(upgrade.headers),
    agent: false,
    rejectUnauthorized: false,
    timeout: to.connectSeconds * 1000,
    signal: cutOff,
  });
  socket.once("error", () => request.destroy());
  request.once("timeout", () => request.destroy());
  request.once("error", () => refuse(socket, onFailure()));
  request.once("response", (response) => {
    const headers = withHeaders(headerLines(response.rawHeaders), [["Connection", "close"]]);
    refuse(socket, { status: response.statusCode ?? 502, headers, body: response });
  });
  request.once("upgrade", (response, other, head) => {
    socket.write(
      headOf(response.statusCode ?? 101, response.statusMessage ?? "", headerLines(response.rawHeaders)),
    );
    join(socket, other, cutOff, to.idleSeconds);
    socket.write(head);
    other.write(upgrade.head);
  });
  request.end();
}

/** Until either side ends it, the cut-off comes, or nothing was said for the idle time. */
function join(one: Duplex, other: Duplex, cutOff: AbortSignal, idleSeconds: number): void {
  const end = (): void => {
    clearTimeout(idle);
    one.destroy();
    other.destroy();
  };
  const idle = setTimeout(end, idleSeconds * 1000);
  cutOff.addEventListener("abort", end, { once: true });
  for (const side of [one, other]) {
    side
      .on("data", () => idle.refresh())
      .once("error", end)
      .once("close", end);
  }
  one.pipe(other).pipe(one);
}

/** Answers an upgrade with an ordinary response and closes the connection. */
export function refuse(socket: Duplex, answer: Answer): void {
  if (socket.destroyed) {
    answer.body.destroy();
    return;
  }
  socket.write(
    headOf(answer.status, answer.reason ?? "", withHeaders(answer.headers, [["Connection", "close"]])),
  );
  answer.body.on("error", () => socket.destroy()).pipe(socket);
}

function headOf(status: number, reason: string, headers: HeaderLines): string {
  const chunked = headerValue(headers, "transfer-encoding") !== undefined;
  const lines = chunked ? headers.filter(([name]) => name.toLowerCase() !== "transfer-encoding") : headers;
  return [`HTTP/1.1 ${status} ${reason}`, ...lines.map(([name, value]) => `${name}: ${value}`), "", ""].join(
    "\r\n",
  );
}
