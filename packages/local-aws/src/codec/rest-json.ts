import { isRecord } from "./flaws.ts";
import { errorBody, parseJson } from "./json.ts";
import { fromJson, toJson } from "./json-body.ts";
import { type ServiceModel, type ShapeRef, structureOf } from "./model.ts";
import { restProtocol } from "./rest.ts";
import { bodyMembers } from "./rest-bindings.ts";

/** REST-JSON. https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export const restJson = restProtocol({
  contentType: "application/json",
  readMembers: (model, input, body) => inBody(model, input, fromJson(model, input, parseJson(body))),
  readPayload: (model, { ref }, body) => fromJson(model, ref, parseJson(body)),
  renderMembers: (model, { output: ref }, output) =>
    ref === undefined ? Buffer.alloc(0) : render(toJson(model, ref, inBody(model, ref, output))),
  renderPayload: (model, { name, ref }, output) =>
    render(toJson(model, ref, isRecord(output) ? (output[name] ?? {}) : {})),
  renderError: (model, error) => render(errorBody(model, error)),
  errorHeaders: ({ shape, code }) => ({ "x-amzn-errortype": shape ?? code }),
});

function render(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function inBody(model: ServiceModel, ref: ShapeRef, value: unknown): Readonly<Record<string, unknown>> {
  const members = bodyMembers(structureOf(model, ref));
  return Object.fromEntries(Object.entries(isRecord(value) ? value : {}).filter(([name]) => name in members));
}
