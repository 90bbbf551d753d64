import { isRecord } from "./flaws.ts";
import { type OperationModel, type ServiceModel, type StructureShape, structureOf } from "./model.ts";
import { errorDocument } from "./query.ts";
import { bodyMembers, fromRequestParts, toResponseParts } from "./rest-bindings.ts";
import { type Payload, payloadOf, rawFromBody, rawToBody, restResponse } from "./rest-body.ts";
import { matchRest } from "./rest-path.ts";
import type { Match, Protocol, WireError, WireRequest, WireResponse } from "./wire.ts";
import { parseXml, renderXml, type XmlElement, xmlElement } from "./xml.ts";
import { fromXml, membersFromXml, membersToXml, toXml } from "./xml-body.ts";

const contentType = "text/xml";

/** REST-XML. https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export const restXml: Protocol = { match: matchRest, decode, encode, encodeError };

function decode(model: ServiceModel, match: Match, request: WireRequest): unknown {
  if (match.operation.input === undefined) return {};
  const input = structureOf(model, match.operation.input);
  const parts = fromRequestParts(model, input, match, request);
  if (request.body.length === 0) return parts;
  const payload = payloadOf(model, input);
  if (payload?.raw === true) return { ...parts, [payload.name]: rawFromBody(model, payload, request.body) };
  const root = parseXml(request.body.toString("utf8"));
  if (payload !== undefined) return { ...parts, [payload.name]: fromXml(model, payload.ref, root) };
  return { ...membersFromXml(model, bodyMembers(input), root), ...parts };
}

function encode(
  model: ServiceModel,
  operation: OperationModel,
  output: unknown,
  requestId: string,
): WireResponse {
  const structure = operation.output === undefined ? undefined : structureOf(model, operation.output);
  const parts = toResponseParts(model, operation, structure, output);
  const body = structure === undefined ? Buffer.alloc(0) : bodyOf(model, operation, structure, output);
  return restResponse(parts, requestId, contentType, body);
}

function bodyOf(
  model: ServiceModel,
  operation: OperationModel,
  structure: StructureShape,
  output: unknown,
): Buffer {
  const payload = payloadOf(model, structure);
  if (payload?.raw === true) return rawToBody(payload, output);
  const root =
    payload === undefined
      ? membersRoot(model, operation, structure, output)
      : payloadRoot(model, payload, isRecord(output) ? output[payload.name] : undefined);
  return root === undefined
    ? Buffer.alloc(0)
    : Buffer.from(renderXml({ ...root, attributes: namespace(model) }));
}

function membersRoot(
  model: ServiceModel,
  operation: OperationModel,
  structure: StructureShape,
  output: unknown,
): XmlElement | undefined {
  const members = bodyMembers(structure);
  if (Object.keys(members).length === 0) return undefined;
  return xmlElement(operation.output?.shape ?? operation.name, membersToXml(model, members, output));
}

function payloadRoot(model: ServiceModel, payload: Payload, value: unknown): XmlElement | undefined {
  if (value === undefined || value === null) return undefined;
  return toXml(model, payload.ref, value, payload.ref.locationName ?? payload.ref.shape)[0];
}

function encodeError(model: ServiceModel, error: WireError, requestId: string): WireResponse {
  const document = errorDocument(model, error, requestId, namespace(model));
  const parts = { status: error.status, headers: {} };
  return restResponse(parts, requestId, contentType, Buffer.from(renderXml(document)));
}

/** The model has a service's namespace only on its operations' inputs. */
function namespace(model: ServiceModel): Readonly<Record<string, string>> {
  const inputs = Object.values(model.operations).flatMap(({ input }) => input ?? []);
  const refs = inputs.flatMap((ref) => [ref, ...Object.values(structureOf(model, ref).members)]);
  const uri =
    model.metadata.xmlNamespace ?? refs.find((ref) => ref.xmlNamespace !== undefined)?.xmlNamespace?.uri;
  return uri === undefined ? {} : { xmlns: uri };
}
