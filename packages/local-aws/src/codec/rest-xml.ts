import { isRecord } from "./flaws.ts";
import { type OperationModel, type ServiceModel, structureOf } from "./model.ts";
import { errorDocument } from "./query.ts";
import { restProtocol } from "./rest.ts";
import { bodyMembers } from "./rest-bindings.ts";
import type { Payload } from "./rest-body.ts";
import { parseXml, renderXml, type XmlElement, xmlElement } from "./xml.ts";
import { fromXml, membersFromXml, membersToXml, toXml } from "./xml-body.ts";

/** REST-XML. https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export const restXml = restProtocol({
  contentType: "text/xml",
  readMembers: (model, input, body) =>
    membersFromXml(model, bodyMembers(structureOf(model, input)), parseXml(body.toString("utf8"))),
  readPayload: (model, { ref }, body) => fromXml(model, ref, parseXml(body.toString("utf8"))),
  renderMembers: (model, operation, output) => render(model, membersRoot(model, operation, output)),
  renderPayload: (model, payload, output) => render(model, payloadRoot(model, payload, output)),
  renderError: (model, error, requestId) =>
    Buffer.from(renderXml(errorDocument(model, error, requestId, namespace(model)))),
  errorHeaders: () => ({}),
});

function render(model: ServiceModel, root: XmlElement | undefined): Buffer {
  if (root === undefined) return Buffer.alloc(0);
  return Buffer.from(renderXml({ ...root, attributes: namespace(model) }));
}

function membersRoot(
  model: ServiceModel,
  { output: ref }: OperationModel,
  output: unknown,
): XmlElement | undefined {
  const members = ref === undefined ? {} : bodyMembers(structureOf(model, ref));
  if (ref === undefined || Object.keys(members).length === 0) return undefined;
  return xmlElement(ref.shape, membersToXml(model, members, output));
}

function payloadRoot(model: ServiceModel, { name, ref }: Payload, output: unknown): XmlElement | undefined {
  const value = isRecord(output) ? output[name] : undefined;
  if (value === undefined || value === null) return undefined;
  return toXml(model, ref, value, ref.locationName ?? ref.shape)[0];
}

/** The model has a service's namespace only on its operations' inputs. */
function namespace(model: ServiceModel): Readonly<Record<string, string>> {
  const inputs = Object.values(model.operations).flatMap(({ input }) => input ?? []);
  const refs = inputs.flatMap((ref) => [ref, ...Object.values(structureOf(model, ref).members)]);
  const uri =
    model.metadata.xmlNamespace ?? refs.find((ref) => ref.xmlNamespace !== undefined)?.xmlNamespace?.uri;
  return uri === undefined ? {} : { xmlns: uri };
}
