import type { IncomingMessage, ServerResponse } from "node:http";
import type { Room } from "./room.ts";

/** One request to the registry, its path taken apart. */
export interface Visit {
  readonly room: Room;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly repository: string;
  /** Tag, digest or upload. */
  readonly reference: string;
}
