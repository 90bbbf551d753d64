import {
  Agent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import type { Answer, Ask } from "./exchange.ts";
import { endToEnd, type HeaderLines, headerLines, headerValue, rawHeaders } from "./headers.ts";

/** Where a request goes. */
export interface Destination {
  readonly protocol: "http" | "https";
  readonly host: string;
  readonly port: number;
  /** Longest silence on the connection. */
  readonly idleSeconds: number;
  readonly connectSeconds: number;
}

/** Nobody answered: the connection failed or broke off (`broken`), or took too long (`overdue`). */
export class SendFailure extends Error {
  override readonly name = "SendFailure";
  readonly kind: "broken" | "overdue";

  constructor(kind: "broken" | "overdue", cause?: unknown) {
    super(kind === "overdue" ? "No answer in time" : "The connection failed or broke off", { cause });
    this.kind = kind;
  }
}

/** Connections to one destination, kept for its next request. */
export interface Connections {
  readonly http: Agent;
  readonly https: HttpsAgent;
}

/**
 * Keeps connections until the other end closes them or they lie idle too long, whatever a `Keep-Alive` header announces: so
 * do AWS's proxies (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues).
 */
export function keepConnections(idleSeconds: number): Connections {
  const keepSocketAlive = (socket: Duplex): boolean => {
    if (socket instanceof Socket) socket.unref().setTimeout(idleSeconds * 1000);
    return true;
  };
  const http = new Agent({ keepAlive: true });
  const https = new HttpsAgent({ keepAlive: true, rejectUnauthorized: false });
  return { http: Object.assign(http, { keepSocketAlive }), https: Object.assign(https, { keepSocketAlive }) };
}

/** Ends all of them, those in use included. */
export function closeConnections({ http, https }: Connections): void {
  http.destroy();
  https.destroy();
}

/**
 * Sends a request, once, and resolves with the answer's head; bodies stream both ways. What the other end has closed is not
 * used again; what it closes while it is asked costs this request. Throws `SendFailure`.
 */
export async function send(ask: Ask, to: Destination, over: Connections): Promise<Answer> {
  await wordOfClosing();
  const request = open(ask, to, over);
  const answer = new Promise<Answer>((resolve, reject) => {
    let overdue = false;
    const giveUp = (): void => {
      overdue = true;
      request.destroy();
    };
    const connecting = setTimeout(giveUp, to.connectSeconds * 1000);
    request.once("socket", (socket) => {
      if (!socket.connecting) clearTimeout(connecting);
      else socket.once("connect", () => clearTimeout(connecting));
    });
    request.setTimeout(to.idleSeconds * 1000, giveUp);
    request.once("close", () => clearTimeout(connecting));
    request.once("error", (cause) => reject(new SendFailure(overdue ? "overdue" : "broken", cause)));
    request.once("response", (response) => resolve(answerFrom(response)));
  });
  if (ask.body === undefined) request.end();
  else pipeline(ask.body, request).catch(() => request.destroy());
  return answer;
}

/** What came before the request is read before a connection is chosen: one that the other end has closed is known then. */
async function wordOfClosing(): Promise<void> {
  // The first ends this turn of the event loop, the second the next one, which reads all sockets.
  await setImmediate();
  await setImmediate();
}

function open(ask: Ask, to: Destination, over: Connections): ClientRequest {
  const options: RequestOptions = {
    host: to.host,
    port: to.port,
    method: ask.method,
    path: ask.target,
    headers: rawHeaders(framed(ask)),
    signal: ask.gone,
  };
  return to.protocol === "https"
    ? httpsRequest({ ...options, agent: over.https })
    : httpRequest({ ...options, agent: over.http });
}

/** A body of unknown length travels in chunks, whatever the method. */
function framed(ask: Ask): HeaderLines {
  const chunked = ask.body !== undefined && headerValue(ask.headers, "content-length") === undefined;
  return chunked ? [...ask.headers, ["Transfer-Encoding", "chunked"]] : ask.headers;
}

function answerFrom(response: IncomingMessage): Answer {
  return {
    status: response.statusCode ?? 502,
    reason: response.statusMessage,
    headers: endToEnd(headerLines(response.rawHeaders)),
    body: response,
  };
}

/** Any failure to send, told apart. */
export function failureOf(error: unknown): SendFailure {
  return error instanceof SendFailure ? error : new SendFailure("broken", error);
}
