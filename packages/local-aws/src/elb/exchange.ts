import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { endToEnd, type HeaderLines, headerLines, headerValue, rawHeaders } from "./headers.ts";

/** An HTTP request between two hops of the data plane. */
export interface Ask {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** End-to-end headers only. */
  readonly headers: HeaderLines;
  /** Undefined where the request has no body. */
  readonly body?: Readable | undefined;
  /** Address of the peer that sent it. */
  readonly peer: string;
  /** Aborts when the asker goes away. */
  readonly gone: AbortSignal;
}

/** The response to an `Ask`; whoever receives it consumes or destroys the body. */
export interface Answer {
  readonly status: number;
  readonly reason?: string | undefined;
  /** End-to-end headers only. */
  readonly headers: HeaderLines;
  readonly body: Readable;
}

/** What a server received, as an `Ask`. */
export function receive(request: IncomingMessage, response: ServerResponse): Ask {
  const leaving = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) leaving.abort();
  });
  const headers = headerLines(request.rawHeaders);
  return {
    method: request.method ?? "GET",
    target: request.url ?? "/",
    headers: endToEnd(headers),
    body: hasBody(headers) ? request : undefined,
    peer: peerAddress(request),
    gone: leaving.signal,
  };
}

/** Sends an `Answer` to the asker. A body that breaks off breaks the connection, so that nobody takes it for whole. */
export async function respond(answer: Answer, response: ServerResponse): Promise<void> {
  response.sendDate = headerValue(answer.headers, "date") === undefined;
  const lines = rawHeaders(answer.headers);
  if (answer.reason === undefined) response.writeHead(answer.status, lines);
  else response.writeHead(answer.status, answer.reason, lines);
  try {
    await pipeline(answer.body, response);
  } catch {
    response.destroy();
  }
}

/** An answer with its whole body at hand. */
export function answerOf(status: number, headers: HeaderLines, body: string | Uint8Array = ""): Answer {
  const bytes =
    typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return {
    status,
    headers: [...headers, ["Content-Length", String(bytes.byteLength)]],
    body: Readable.from(bytes.byteLength === 0 ? [] : [bytes], { objectMode: false }),
  };
}

/** The IPv4 address of whoever is at the other end of the connection. */
export function peerAddress(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, "");
}

function hasBody(headers: HeaderLines): boolean {
  const length = headerValue(headers, "content-length");
  return headerValue(headers, "transfer-encoding") !== undefined || (length !== undefined && length !== "0");
}
