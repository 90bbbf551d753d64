import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpPlane } from "../service.ts";
import { isEndpointHost } from "./hosts.ts";

/** What `GET /_local` says. */
export interface LocalStatus {
  readonly endpoint: string;
  readonly folder: string;
  readonly pid: number;
  readonly region: string;
  readonly accountId: string;
  /** Models of the services that are our own. */
  readonly services: readonly string[];
}

/** Our own page: what runs (`GET /_local`), and the way to end it (`POST /_local/shutdown`). */
export function createLocalPage(status: LocalStatus, shutdown: () => void): HttpPlane {
  return {
    claims: (request) => /^\/_local(\/|\?|$)/.test(request.url ?? "") && isEndpointHost(request.headers.host),
    serve: async (request, response) => answer(request, response, status, shutdown),
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  status: LocalStatus,
  shutdown: () => void,
): void {
  const path = (request.url ?? "").split("?")[0];
  // A form on a web page can post here without asking; it cannot set a header.
  const meant = request.headers["x-local-aws"] !== undefined;
  if (request.method === "GET" && path === "/_local") {
    sendJson(response, 200, status);
  } else if (request.method === "POST" && path === "/_local/shutdown" && meant) {
    response.once("close", shutdown);
    sendJson(response, 202, { message: "stopping" });
  } else {
    sendJson(response, 404, { message: `there is no ${request.method} ${path}` });
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = `${JSON.stringify(body, null, 2)}\n`;
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
