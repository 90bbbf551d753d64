import type { IncomingMessage } from "node:http";
import type { WireRequest } from "../codec/wire.ts";

/** The request as the codec reads it; repeated headers are joined by commas, as HTTP allows. */
export function wireRequest(request: IncomingMessage, body: Buffer): WireRequest {
  const [path = "/", ...search] = (request.url ?? "/").split("?");
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(",") : value]],
  );
  return {
    method: request.method ?? "GET",
    path,
    query: new URLSearchParams(search.join("?")),
    headers: Object.fromEntries(headers),
    body,
  };
}
