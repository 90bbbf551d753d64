import type { IncomingMessage, ServerResponse } from "node:http";
import type { CORSRule } from "@aws-sdk/client-s3";
import type { ServiceModel } from "../codec/model.ts";
import type { Log, Settings } from "../platform.ts";
import type { HttpPlane, ServiceError } from "../service.ts";
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
  /** Whether a caller may make a call. Without it every call is allowed. */
  readonly judge?: Judge;
}

/** A call that is about to be answered, by one of our services or by moto. */
export interface JudgedCall {
  readonly request: IncomingMessage;
  /** Undefined for what AWS answers without one: public objects, forms, operations with `authtype: none`. */
  readonly signature: Signature | undefined;
  readonly model: ServiceModel | undefined;
  /** As the model spells it; method and path where the model has no such operation. */
  readonly operation: string;
  /** The whole body; undefined for S3, whose bodies are streamed past. */
  readonly body: Buffer | undefined;
}

/** Answers the error with which a call is refused; undefined allows it. */
export type Judge = (call: JudgedCall) => Promise<ServiceError | undefined>;

export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: CallRecord;
  readonly signature: Signature | undefined;
}
