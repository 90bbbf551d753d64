import { Readable } from "node:stream";
import { type Answer, answerOf } from "../../elb/exchange.ts";
import { type HeaderLines, headerValue, withHeaders, withoutHeaders } from "../../elb/headers.ts";
import type { CachedAnswer } from "./cache.ts";

/** A cached answer for one request: whole, a part of it (`Range`), its head (`HEAD`), or 304. */
export function deliver(cached: CachedAnswer, method: string, request: HeaderLines): Answer {
  if (cached.status === 200 && isNotModified(request, cached.headers)) return notModified(cached.headers);
  const range =
    cached.status === 200 ? rangeOf(headerValue(request, "range"), cached.bytes.byteLength) : undefined;
  if (range === "unsatisfiable") {
    return answerOf(416, [["Content-Range", `bytes */${cached.bytes.byteLength}`]]);
  }
  const bytes = range === undefined ? cached.bytes : cached.bytes.subarray(range.from, range.to + 1);
  const headers = withHeaders(cached.headers, [
    ["Content-Length", String(bytes.byteLength)],
    ["Accept-Ranges", "bytes"],
    ...(range === undefined
      ? []
      : [["Content-Range", `bytes ${range.from}-${range.to}/${cached.bytes.byteLength}`] as const]),
  ]);
  return {
    status: range === undefined ? cached.status : 206,
    reason: range === undefined ? cached.reason : undefined,
    headers,
    body: Readable.from(method === "HEAD" || bytes.byteLength === 0 ? [] : [bytes], { objectMode: false }),
  };
}

/** RFC 9110 section 13: `If-None-Match` decides where it is there, else `If-Modified-Since`. */
export function isNotModified(request: HeaderLines, response: HeaderLines): boolean {
  const wanted = headerValue(request, "if-none-match");
  const etag = headerValue(response, "etag");
  if (wanted !== undefined) {
    return wanted.trim() === "*" || wanted.split(",").some((one) => weak(one) === weak(etag ?? ""));
  }
  const since = Date.parse(headerValue(request, "if-modified-since") ?? "");
  const changed = Date.parse(headerValue(response, "last-modified") ?? "");
  return changed <= since;
}

function weak(etag: string): string {
  return etag.trim().replace(/^W\//, "");
}

export function notModified(headers: HeaderLines): Answer {
  const kept = withoutHeaders(headers, [
    "content-length",
    "content-type",
    "content-encoding",
    "content-range",
  ]);
  return { status: 304, headers: kept, body: Readable.from([]) };
}

/** A single byte range; several at once are answered with the whole, as RFC 9110 section 14.2 allows. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { readonly from: number; readonly to: number } | "unsatisfiable" | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return undefined;
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return from >= size || from > to ? "unsatisfiable" : { from, to };
}
