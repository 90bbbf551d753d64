import { isRecord } from "./flaws.ts";
import { type OperationModel, type ServiceModel, structureOf } from "./model.ts";
import { fromForm } from "./query-form.ts";
import type { Answer, Match, Protocol, WireError, WireRequest, WireResponse } from "./wire.ts";
import { renderXml, type XmlElement, xmlElement } from "./xml.ts";
import { membersToXml } from "./xml-body.ts";

/** AWS Query: `Action` and `Version` with form fields in, XML out. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const query: Protocol = { match, decode, encode, encodeError };

function match(model: ServiceModel, request: WireRequest): Match | undefined {
  const form = formOf(request);
  const version = form.get("Version");
  if (version !== null && version !== model.metadata.apiVersion) return undefined;
  const operation = model.operations[form.get("Action") ?? ""];
  return operation === undefined ? undefined : { operation, labels: {} };
}

/** The form is in the body of a POST, or in the query string of a GET. */
export function formOf(request: WireRequest): URLSearchParams {
  return new URLSearchParams([
    ...request.query,
    ...new URLSearchParams(isForm(request) ? request.body.toString("utf8") : ""),
  ]);
}

function isForm(request: WireRequest): boolean {
  return (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
}

function decode(model: ServiceModel, { operation }: Match, request: WireRequest): unknown {
  return operation.input === undefined ? {} : fromForm(model, operation.input, formOf(request));
}

function encode(model: ServiceModel, { operation, output }: Answer, requestId: string): WireResponse {
  const metadata = xmlElement("ResponseMetadata", [xmlElement("RequestId", requestId)]);
  const content = [...resultOf(model, operation, output), metadata];
  return answer(200, xmlElement(`${operation.name}Response`, content, namespace(model)), requestId);
}

function resultOf(model: ServiceModel, operation: OperationModel, output: unknown): readonly XmlElement[] {
  if (operation.output === undefined) return [];
  const members = membersToXml(model, structureOf(model, operation.output).members, output);
  const wrapper = operation.output.resultWrapper;
  return wrapper === undefined ? members : [xmlElement(wrapper, members)];
}

function encodeError(model: ServiceModel, error: WireError, requestId: string): WireResponse {
  return answer(error.status, errorDocument(model, error, requestId, namespace(model)), requestId);
}

/** `<ErrorResponse>`, which REST-XML services but S3 share. */
export function errorDocument(
  model: ServiceModel,
  error: WireError,
  requestId: string,
  attributes: Readonly<Record<string, string>>,
): XmlElement {
  const content = [
    xmlElement("Type", error.status < 500 ? "Sender" : "Receiver"),
    xmlElement("Code", error.code),
    xmlElement("Message", error.message),
    ...furtherMembers(model, error),
  ];
  return xmlElement(
    "ErrorResponse",
    [xmlElement("Error", content), xmlElement("RequestId", requestId)],
    attributes,
  );
}

function furtherMembers(model: ServiceModel, error: WireError): readonly XmlElement[] {
  if (error.shape === undefined || !isRecord(error.members)) return [];
  const { members } = structureOf(model, { shape: error.shape });
  const further = Object.entries(members).filter(([name]) => name.toLowerCase() !== "message");
  return membersToXml(model, Object.fromEntries(further), error.members);
}

function namespace(model: ServiceModel): Readonly<Record<string, string>> {
  return model.metadata.xmlNamespace === undefined ? {} : { xmlns: model.metadata.xmlNamespace };
}

function answer(status: number, root: XmlElement, requestId: string): WireResponse {
  return {
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: Buffer.from(renderXml(root)),
  };
}
