import type { IncomingMessage, ServerResponse } from "node:http";
import type { CORSRule } from "@aws-sdk/client-s3";
import type { Log, Settings } from "../platform.ts";
import type { HttpPlane } from "../service.ts";
import type { CallRecord } from "./call-log.ts";
import type { Faults } from "./faults.ts";
import type { Models } from "./models.ts";
import type { Served } from "./own-services.ts";
import type { Signature } from "./signature.ts";
import type { IsPublic } from "./unsigned.ts";

/** What the front door serves. */
export interface House {
  readonly settings: Settings;
  readonly served: readonly Served[];
  /** In the order in which they are asked. */
  readonly planes: readonly HttpPlane[];
  readonly models: Models;
  /** moto's Unix socket. */
  readonly moto: string;
  /** Our own failures. */
  readonly log: Log;
  /** One line for each call. */
  readonly calls: Log;
  /** Called after each call that moto has answered. */
  readonly answered?: (service: string, operation: string) => void;
  /** What may be read without a signature. */
  readonly isPublic: IsPublic;
  /** The CORS rules of a bucket; none where it has no such configuration, or does not exist. */
  readonly corsOf: (bucket: string) => Promise<readonly CORSRule[]>;
  /** Faults that callers ordered; none where the calls are our own. */
  readonly faults?: Faults;
}

export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: CallRecord;
  readonly signature: Signature | undefined;
}
