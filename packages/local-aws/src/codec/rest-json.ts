import { isRecord } from "./flaws.ts";
import { errorBody, parseJson } from "./json.ts";
import { fromJson, toJson } from "./json-body.ts";
import { type OperationModel, type ServiceModel, structureOf } from "./model.ts";
import { bodyMembers, fromRequestParts, toResponseParts } from "./rest-bindings.ts";
import { payloadOf, rawFromBody, rawToBody, restResponse } from "./rest-body.ts";
import { matchRest } from "./rest-path.ts";
import type { Match, Protocol, WireError, WireRequest, WireResponse } from "./wire.ts";

const contentType = "application/json";

/** REST-JSON. https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export const restJson: Protocol = { match: matchRest, decode, encode, encodeError };

function decode(model: ServiceModel, match: Match, request: WireRequest): unknown {
  if (match.operation.input === undefined) return {};
  const input = structureOf(model, match.operation.input);
  const parts = fromRequestParts(model, input, match, request);
  const payload = payloadOf(model, input);
  if (payload === undefined) {
    const body = fromJson(model, match.operation.input, parseJson(request.body));
    return { ...only(body, bodyMembers(input)), ...parts };
  }
  if (request.body.length === 0) return parts;
  const value = payload.raw
    ? rawFromBody(model, payload, request.body)
    : fromJson(model, payload.ref, parseJson(request.body));
  return { ...parts, [payload.name]: value };
}

function encode(
  model: ServiceModel,
  operation: OperationModel,
  output: unknown,
  requestId: string,
): WireResponse {
  const structure = operation.output === undefined ? undefined : structureOf(model, operation.output);
  const parts = toResponseParts(model, operation, structure, output);
  return restResponse(parts, requestId, contentType, bodyOf(model, operation, output));
}

function bodyOf(model: ServiceModel, operation: OperationModel, output: unknown): Buffer {
  if (operation.output === undefined || operation.http.responseCode === 204) return Buffer.alloc(0);
  const structure = structureOf(model, operation.output);
  const payload = payloadOf(model, structure);
  if (payload?.raw === true) return rawToBody(payload, output);
  const members = isRecord(output) ? output : {};
  const body =
    payload === undefined
      ? toJson(model, operation.output, only(members, bodyMembers(structure)))
      : toJson(model, payload.ref, members[payload.name] ?? {});
  return Buffer.from(JSON.stringify(body));
}

function encodeError(model: ServiceModel, error: WireError, requestId: string): WireResponse {
  const parts = { status: error.status, headers: { "x-amzn-errortype": error.shape ?? error.code } };
  return restResponse(parts, requestId, contentType, Buffer.from(JSON.stringify(errorBody(model, error))));
}

function only(value: unknown, members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(isRecord(value) ? value : {}).filter(([name]) => name in members));
}
