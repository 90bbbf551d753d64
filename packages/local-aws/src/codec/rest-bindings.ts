import { isRecord } from "./flaws.ts";
import {
  type OperationModel,
  type ScalarShape,
  type ServiceModel,
  type ShapeRef,
  type StructureShape,
  shapeOf,
} from "./model.ts";
import { scalarFromText, scalarToText } from "./scalar.ts";
import type { Match, WireRequest } from "./wire.ts";

/** Members that travel in path, query string and headers of a request. https://smithy.io/2.0/spec/http-bindings.html */
export function fromRequestParts(
  model: ServiceModel,
  input: StructureShape,
  match: Match,
  request: WireRequest,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(input.members).flatMap(([name, ref]) => {
      const value = partOf(model, ref, ref.locationName ?? name, match, request);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function partOf(
  model: ServiceModel,
  ref: ShapeRef,
  name: string,
  match: Match,
  request: WireRequest,
): unknown {
  switch (ref.location) {
    case "uri":
      return fromText(model, ref, match.labels[name]);
    case "header":
      return fromText(model, ref, request.headers[name.toLowerCase()]);
    case "headers":
      return prefixedHeaders(name.toLowerCase(), request.headers);
    case "querystring":
      return fromQuery(model, ref, name, request.query);
    default:
      return undefined;
  }
}

function fromQuery(model: ServiceModel, ref: ShapeRef, name: string, query: URLSearchParams): unknown {
  const shape = shapeOf(model, ref);
  if (shape.type === "list") {
    return query.has(name)
      ? query.getAll(name).map((text) => fromText(model, shape.member, text))
      : undefined;
  }
  if (shape.type === "map") return Object.fromEntries(query);
  return fromText(model, ref, query.get(name) ?? undefined);
}

function fromText(model: ServiceModel, ref: ShapeRef, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const shape = shapeOf(model, ref);
  if (shape.type === "list") return text.split(",").map((item) => fromText(model, shape.member, item.trim()));
  return isScalar(shape) ? scalarFromText(shape, text) : text;
}

function prefixedHeaders(prefix: string, headers: WireRequest["headers"]): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), value]));
}

export interface ResponseParts {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Status and headers of an answer: the model's own, and those that members of the output carry. */
export function toResponseParts(
  model: ServiceModel,
  operation: OperationModel,
  output: StructureShape | undefined,
  value: unknown,
): ResponseParts {
  const members = isRecord(value) ? value : {};
  const bound = Object.entries(output?.members ?? {}).filter(([name]) => present(members[name]));
  const status = bound.find(([, ref]) => ref.location === "statusCode");
  return {
    status: Number(status === undefined ? (operation.http.responseCode ?? 200) : members[status[0]]),
    headers: Object.fromEntries(
      bound.flatMap(([name, ref]) => headersOf(model, ref, ref.locationName ?? name, members[name])),
    ),
  };
}

function headersOf(
  model: ServiceModel,
  ref: ShapeRef,
  name: string,
  value: unknown,
): readonly (readonly [string, string])[] {
  if (ref.location === "headers") {
    return Object.entries(isRecord(value) ? value : {}).map(([key, item]) => [`${name}${key}`, String(item)]);
  }
  const shape = shapeOf(model, ref);
  return ref.location === "header" && isScalar(shape)
    ? [[name.toLowerCase(), scalarToText(shape, ref, value, "rfc822")]]
    : [];
}

/** The members that travel in the body. */
export function bodyMembers(structure: StructureShape): StructureShape["members"] {
  return Object.fromEntries(
    Object.entries(structure.members).filter(([, ref]) => ref.location === undefined),
  );
}

function isScalar(shape: { readonly type: string }): shape is ScalarShape {
  return shape.type !== "structure" && shape.type !== "list" && shape.type !== "map";
}

function present(value: unknown): boolean {
  return value !== undefined && value !== null;
}
