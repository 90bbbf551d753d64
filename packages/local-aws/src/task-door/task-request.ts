import type { IncomingMessage } from "node:http";
import type { WireRequest } from "../codec/wire.ts";
import { wireRequest } from "../front-door/wire-request.ts";

/** A request as it came from a task's container. */
export interface TaskRequest extends WireRequest {
  /** The query string as it was sent, which is what a signature covers. */
  readonly rawQuery: string;
}

export function taskRequest(request: IncomingMessage, body: Buffer): TaskRequest {
  const [, ...query] = (request.url ?? "/").split("?");
  return { ...wireRequest(request, body), rawQuery: query.join("?") };
}
