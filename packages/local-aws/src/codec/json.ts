import { ServiceError } from "../service.ts";
import { fromJson, toJson } from "./json-body.ts";
import { type ServiceModel, structureOf } from "./model.ts";
import type { Answer, Match, Protocol, WireError, WireRequest, WireResponse } from "./wire.ts";

/** AWS JSON 1.0 and 1.1: one path, the operation in `X-Amz-Target`. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const json: Protocol = { match, decode, encode, encodeError };

function match(model: ServiceModel, request: WireRequest): Match | undefined {
  const [prefix, name] = splitTarget(request.headers["x-amz-target"] ?? "");
  if (prefix !== model.metadata.targetPrefix) return undefined;
  const operation = model.operations[name];
  return operation === undefined ? undefined : { operation, labels: {} };
}

function splitTarget(target: string): readonly [string, string] {
  const dot = target.lastIndexOf(".");
  return [target.slice(0, Math.max(dot, 0)), target.slice(dot + 1)];
}

function decode(model: ServiceModel, { operation }: Match, request: WireRequest): unknown {
  const body = parseJson(request.body);
  return operation.input === undefined ? {} : fromJson(model, operation.input, body);
}

/** @throws ServiceError SerializationException */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new ServiceError("SerializationException", "The request body is not JSON");
  }
}

function encode(model: ServiceModel, { operation, output }: Answer, requestId: string): WireResponse {
  const body = operation.output === undefined ? {} : toJson(model, operation.output, output ?? {});
  return answer(model, 200, body, { "x-amzn-requestid": requestId });
}

function encodeError(model: ServiceModel, error: WireError, requestId: string): WireResponse {
  const compatible: Readonly<Record<string, string>> =
    model.metadata.awsQueryCompatible === undefined
      ? {}
      : { "x-amzn-query-error": `${error.code};${error.status < 500 ? "Sender" : "Receiver"}` };
  const body = { __type: error.shape ?? error.code, ...errorBody(model, error) };
  return answer(model, error.status, body, { "x-amzn-requestid": requestId, ...compatible });
}

/** An error's members and its message under the name its shape gives it (`message` or `Message`). */
export function errorBody(model: ServiceModel, error: WireError): Readonly<Record<string, unknown>> {
  if (error.shape === undefined) return { message: error.message };
  const ref = { shape: error.shape };
  const { members } = structureOf(model, ref);
  const message = "Message" in members ? "Message" : "message";
  const rest = toJson(model, ref, error.members);
  return { ...(typeof rest === "object" ? rest : {}), [message]: error.message };
}

function answer(
  model: ServiceModel,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): WireResponse {
  return {
    status,
    headers: { ...headers, "content-type": `application/x-amz-json-${model.metadata.jsonVersion ?? "1.1"}` },
    body: Buffer.from(JSON.stringify(body)),
  };
}
