import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "../platform.ts";

/** What is said of one call once it has been answered. */
export interface CallRecord {
  service: string;
  /** The operation, or method and path where nobody has named it. */
  operation: string;
  /** `own`, `moto`, `missing` (501), `plane` or `fault`. */
  by: string;
  accessKeyId: string;
}

/** Begins a record; it is written when the response is through or its client has gone. */
export function recordCall(request: IncomingMessage, response: ServerResponse, log: Log): CallRecord {
  const started = performance.now();
  const path = (request.url ?? "/").split("?")[0];
  const record: CallRecord = {
    service: "",
    operation: `${request.method} ${path}`,
    by: "",
    accessKeyId: "",
  };
  response.once("close", () => {
    const milliseconds = Math.round(performance.now() - started);
    log.info("call", { ...record, status: response.statusCode, milliseconds });
  });
  return record;
}
