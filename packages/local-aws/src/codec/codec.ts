import { ServiceError } from "../service.ts";
import { type Flaw, flawsOf } from "./flaws.ts";
import { json } from "./json.ts";
import { ModelError, type OperationModel, type ServiceModel } from "./model.ts";
import { query } from "./query.ts";
import { restJson } from "./rest-json.ts";
import { restXml } from "./rest-xml.ts";
import type { Match, Protocol, WireError, WireRequest, WireResponse } from "./wire.ts";

/** The wire format of one service: bytes ↔ the shapes of the AWS SDK for JavaScript, checked against the model. */
export interface Codec {
  readonly model: ServiceModel;
  match(request: WireRequest): Match | undefined;
  /** @throws ServiceError with the code AWS has for input that is not what the model says. */
  decode(match: Match, request: WireRequest): unknown;
  /** @throws AnswerFault when the output is not what the model says. */
  encode(operation: OperationModel, output: unknown, requestId: string): WireResponse;
  encodeError(error: ServiceError, requestId: string): WireResponse;
}

/** One of our operations answered what the service model does not allow: our bug. */
export class AnswerFault extends Error {
  override readonly name = "AnswerFault";
}

const protocols: Readonly<Record<string, Protocol>> = {
  json,
  query,
  "rest-json": restJson,
  "rest-xml": restXml,
};

export function createCodec(model: ServiceModel): Codec {
  const protocol = protocols[model.metadata.protocol];
  if (protocol === undefined) {
    throw new ModelError(`${model.name} speaks ${model.metadata.protocol}, which the codec does not`);
  }
  return {
    model,
    match: (request) => protocol.match(model, request),
    decode: (match, request) => {
      const input = protocol.decode(model, match, request);
      refuseFlawedInput(model, match.operation, input);
      return input;
    },
    encode: (operation, output, requestId) => {
      refuseFlawedOutput(model, operation, output);
      return protocol.encode(model, { operation, output }, requestId);
    },
    encodeError: (error, requestId) => protocol.encodeError(model, wireError(model, error), requestId),
  };
}

function refuseFlawedInput(model: ServiceModel, operation: OperationModel, input: unknown): void {
  if (operation.input === undefined) return;
  const flaws = flawsOf(model, operation.input, input);
  const wrong = flaws.find(({ kind }) => kind === "type");
  if (wrong !== undefined)
    throw new ServiceError(serializationCode(model), `${wrong.path} must be a ${wrong.expected}`);
  const missing = flaws.filter(({ kind }) => kind === "missing");
  if (missing.length > 0) throw new ServiceError(validationCode(model, operation), missingMessage(missing));
}

/** The message AWS's services give where a required member is missing. */
function missingMessage(missing: readonly Flaw[]): string {
  const errors = `${missing.length} validation error${missing.length === 1 ? "" : "s"} detected: `;
  const each = missing.map(
    ({ path }) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
  return errors + each.join("; ");
}

/** Input that cannot even be read: each family of protocols has its own word for it. */
function serializationCode(model: ServiceModel): string {
  const codes: Readonly<Record<string, string>> = { query: "MalformedInput", "rest-xml": "MalformedInput" };
  return codes[model.metadata.protocol] ?? "SerializationException";
}

/** Services that declare an error of their own for wrong input answer with it. */
function validationCode(model: ServiceModel, operation: OperationModel): string {
  const declared = new Set(operation.errors?.map(({ shape }) => shape));
  const own = ["ValidationException", "InvalidParameterException", "InvalidArgument", "ClientException"];
  const fallback = model.metadata.protocol === "query" ? "ValidationError" : "ValidationException";
  return own.find((code) => declared.has(code)) ?? fallback;
}

function refuseFlawedOutput(model: ServiceModel, operation: OperationModel, output: unknown): void {
  if (operation.output === undefined) return;
  const flaws = flawsOf(model, operation.output, output ?? {});
  if (flaws.length === 0) return;
  const each = flaws
    .slice(0, 5)
    .map(({ path, expected, kind }) => `${path}: ${kind === "type" ? `no ${expected}` : expected}`);
  throw new AnswerFault(`${model.name}.${operation.name} answered against its model: ${each.join(", ")}`);
}

/** An operation may name an error by its shape or by its code in the Query protocol; the model knows the status. */
function wireError(model: ServiceModel, error: ServiceError): WireError {
  const found = errorShape(model, error.code);
  const declared = found?.[1].error;
  return {
    code: declared?.code ?? found?.[0] ?? error.code,
    status: declared?.httpStatusCode ?? error.status,
    message: error.message,
    members: error.members,
    ...(found === undefined ? {} : { shape: found[0] }),
  };
}

function errorShape(model: ServiceModel, code: string) {
  const errors = Object.entries(model.shapes).flatMap(([name, shape]) =>
    shape.type === "structure" && (shape.exception === true || shape.error !== undefined)
      ? [[name, shape] as const]
      : [],
  );
  return errors.find(([name]) => name === code) ?? errors.find(([, shape]) => shape.error?.code === code);
}
