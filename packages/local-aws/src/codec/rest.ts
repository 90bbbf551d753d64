import {
  type OperationModel,
  type ServiceModel,
  type ShapeRef,
  type StructureShape,
  structureOf,
} from "./model.ts";
import { fromRequestParts, toResponseParts } from "./rest-bindings.ts";
import { type Payload, payloadOf, rawFromBody, rawToBody, restResponse } from "./rest-body.ts";
import { matchRest } from "./rest-path.ts";
import type { Answer, Match, Protocol, WireError, WireRequest, WireResponse } from "./wire.ts";

/** What sets REST-JSON and REST-XML apart: how a body is written, and where an error's name stands. */
export interface BodyFormat {
  readonly contentType: string;
  /** The members of a structure that travel in the body. */
  readonly readMembers: (model: ServiceModel, input: ShapeRef, body: Buffer) => object;
  readonly readPayload: (model: ServiceModel, payload: Payload, body: Buffer) => unknown;
  /** Empty where nothing of the structure travels in the body. */
  readonly renderMembers: (model: ServiceModel, operation: OperationModel, output: unknown) => Buffer;
  readonly renderPayload: (model: ServiceModel, payload: Payload, output: unknown) => Buffer;
  readonly renderError: (model: ServiceModel, error: WireError, requestId: string) => Buffer;
  readonly errorHeaders: (error: WireError) => Readonly<Record<string, string>>;
}

/** A protocol that binds members to path, query string, headers and body. https://smithy.io/2.0/spec/http-bindings.html */
export function restProtocol(format: BodyFormat): Protocol {
  return {
    match: matchRest,
    decode: (model, match, request) => decode(format, model, match, request),
    encode: (model, answer, requestId) => encode(format, model, answer, requestId),
    encodeError: (model, error, requestId) => {
      const parts = { status: error.status, headers: format.errorHeaders(error) };
      return restResponse(parts, requestId, format.contentType, format.renderError(model, error, requestId));
    },
  };
}

function decode(format: BodyFormat, model: ServiceModel, match: Match, request: WireRequest): unknown {
  const { body } = request;
  const ref = match.operation.input;
  if (ref === undefined) return {};
  const input = structureOf(model, ref);
  const parts = fromRequestParts(model, input, match, request);
  if (body.length === 0) return parts;
  const payload = payloadOf(model, input);
  if (payload === undefined) return { ...format.readMembers(model, ref, body), ...parts };
  const value = payload.raw ? rawFromBody(model, payload, body) : format.readPayload(model, payload, body);
  return { ...parts, [payload.name]: value };
}

function encode(
  format: BodyFormat,
  model: ServiceModel,
  { operation, output }: Answer,
  requestId: string,
): WireResponse {
  const structure = operation.output === undefined ? undefined : structureOf(model, operation.output);
  const parts = toResponseParts(model, operation, structure, output);
  const isEmpty = structure === undefined || operation.http.responseCode === 204;
  const body = isEmpty ? Buffer.alloc(0) : bodyOf(format, model, { operation, output }, structure);
  return restResponse(parts, requestId, format.contentType, body);
}

function bodyOf(
  format: BodyFormat,
  model: ServiceModel,
  { operation, output }: Answer,
  structure: StructureShape,
): Buffer {
  const payload = payloadOf(model, structure);
  if (payload === undefined) return format.renderMembers(model, operation, output);
  return payload.raw ? rawToBody(payload, output) : format.renderPayload(model, payload, output);
}
