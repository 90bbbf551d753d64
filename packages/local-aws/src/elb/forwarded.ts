import { randomBytes } from "node:crypto";
import { type HeaderLines, headerValue, withHeaders } from "./headers.ts";

/**
 * The request headers a target gets: the asker's, with its address appended to `X-Forwarded-For`, the listener's
 * protocol and port, and a trace id. `Host` stays.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 */
export function forwardedHeaders(
  headers: HeaderLines,
  peer: string,
  listener: { readonly protocol: string; readonly port: number },
): HeaderLines {
  const before = headerValue(headers, "x-forwarded-for");
  return withHeaders(headers, [
    ["X-Forwarded-For", before === undefined ? peer : `${before}, ${peer}`],
    ["X-Forwarded-Proto", listener.protocol.toLowerCase()],
    ["X-Forwarded-Port", String(listener.port)],
    ["X-Amzn-Trace-Id", headerValue(headers, "x-amzn-trace-id") ?? newTraceId()],
  ]);
}

function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString("hex")}`;
}
