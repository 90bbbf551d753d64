import {
  Agent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { pipeline } from "node:stream/promises";
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

const warm = {
  http: new Agent({ keepAlive: true }),
  https: new HttpsAgent({ keepAlive: true, rejectUnauthorized: false }),
};
const fresh = { http: new Agent(), https: new HttpsAgent({ rejectUnauthorized: false }) };

/** May be sent twice without doing anything twice, and has no body that would be used up. */
const repeatable = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Sends a request and resolves with the answer's head; bodies stream both ways. A connection is used again only for
 * requests that can be repeated, because the other end may be closing it at that very moment: those are then sent once
 * more on a new one, so that no request is lost. Throws `SendFailure`.
 */
export async function send(ask: Ask, to: Destination): Promise<Answer> {
  if (ask.body !== undefined || !repeatable.has(ask.method)) return attempt(ask, to, fresh).answer;
  const first = attempt(ask, to, warm);
  try {
    return await first.answer;
  } catch (error) {
    if (!first.request.reusedSocket || ask.gone.aborted || failureOf(error).kind === "overdue") throw error;
    return attempt(ask, to, fresh).answer;
  }
}

function attempt(
  ask: Ask,
  to: Destination,
  agents: typeof fresh,
): { request: ClientRequest; answer: Promise<Answer> } {
  const request = open(ask, to, agents);
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
  return { request, answer };
}

function open(ask: Ask, to: Destination, agents: typeof fresh): ClientRequest {
  const options: RequestOptions = {
    host: to.host,
    port: to.port,
    method: ask.method,
    path: ask.target,
    headers: rawHeaders(framed(ask)),
    signal: ask.gone,
  };
  return to.protocol === "https"
    ? httpsRequest({ ...options, agent: agents.https })
    : httpRequest({ ...options, agent: agents.http });
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
