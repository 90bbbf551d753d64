import type { ServiceError } from "../service.ts";
import type { OperationModel, ServiceModel } from "./model.ts";

export interface WireRequest {
  readonly method: string;
  /** As it came: percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Match {
  readonly operation: OperationModel;
  /** Values of the labels of a REST path, decoded. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What an operation answered, in SDK shapes. */
export interface Answer {
  readonly operation: OperationModel;
  readonly output: unknown;
}

/** One of AWS's wire formats. https://smithy.io/2.0/aws/protocols/index.html */
export interface Protocol {
  /** The operation a request asks for; undefined when the model has none that fits. */
  match(model: ServiceModel, request: WireRequest): Match | undefined;
  /** Values that cannot be read as the model's type are left as they came, for the check to name. */
  decode(model: ServiceModel, match: Match, request: WireRequest): unknown;
  encode(model: ServiceModel, answer: Answer, requestId: string): WireResponse;
  encodeError(model: ServiceModel, error: WireError, requestId: string): WireResponse;
}

/** An error with its code and status as the protocol spells them. */
export interface WireError {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  /** Name of the error's shape, if the model has it. */
  readonly shape?: string;
  readonly members: ServiceError["members"];
}
