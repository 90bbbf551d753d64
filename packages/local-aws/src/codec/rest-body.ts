import { isRecord } from "./flaws.ts";
import { type ServiceModel, type ShapeRef, type StructureShape, shapeOf } from "./model.ts";
import type { ResponseParts } from "./rest-bindings.ts";
import type { WireResponse } from "./wire.ts";

/** A member that is the whole body. */
export interface Payload {
  readonly name: string;
  readonly ref: ShapeRef;
  /** Blobs and strings travel as they are; structures in the protocol's own form. */
  readonly raw: boolean;
}

export function payloadOf(model: ServiceModel, structure: StructureShape): Payload | undefined {
  const name = structure.payload;
  const ref = name === undefined ? undefined : structure.members[name];
  if (name === undefined || ref === undefined) return undefined;
  const { type } = shapeOf(model, ref);
  return { name, ref, raw: type === "blob" || type === "string" };
}

export function rawFromBody(model: ServiceModel, payload: Payload, body: Buffer): unknown {
  return shapeOf(model, payload.ref).type === "blob" ? new Uint8Array(body) : body.toString("utf8");
}

export function rawToBody(payload: Payload, output: unknown): Buffer {
  const value = isRecord(output) ? output[payload.name] : undefined;
  if (value instanceof Uint8Array) return Buffer.from(value);
  return Buffer.from(typeof value === "string" ? value : "");
}

/** Puts an answer together; the type of a body whose member names none of its own is the protocol's. */
export function restResponse(
  parts: ResponseParts,
  requestId: string,
  contentType: string,
  body: Buffer,
): WireResponse {
  const typed: Readonly<Record<string, string>> = body.length === 0 ? {} : { "content-type": contentType };
  return {
    status: parts.status,
    headers: { "x-amzn-requestid": requestId, ...typed, ...parts.headers },
    body,
  };
}
