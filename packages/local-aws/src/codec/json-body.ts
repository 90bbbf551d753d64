import { isRecord } from "./flaws.ts";
import { type ServiceModel, type Shape, type ShapeRef, type StructureShape, shapeOf } from "./model.ts";
import { blobFromText, floatFromText, formatOf, timestampFrom } from "./scalar.ts";

type Convert = (model: ServiceModel, ref: ShapeRef, value: unknown) => unknown;

/** JSON value → SDK shape. Members the model does not know are dropped, as AWS drops them; null counts as absent. */
export function fromJson(model: ServiceModel, ref: ShapeRef, value: unknown): unknown {
  const shape = shapeOf(model, ref);
  switch (shape.type) {
    case "timestamp":
      return timestampFrom(value);
    case "blob":
      return blobFromText(value);
    case "float":
    case "double":
      return floatFromText(value);
    case "structure":
      return isRecord(value) ? structureFromJson(model, shape, value) : value;
    default:
      return inside(model, shape, value, fromJson);
  }
}

/** SDK shape → JSON value. */
export function toJson(model: ServiceModel, ref: ShapeRef, value: unknown): unknown {
  const shape = shapeOf(model, ref);
  if (value instanceof Date && shape.type === "timestamp") {
    return formatOf(shape, ref, "unixTimestamp") === "iso8601" ? value.toISOString() : value.getTime() / 1000;
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (shape.type === "structure") return isRecord(value) ? structureToJson(model, shape, value) : value;
  return inside(model, shape, value, toJson);
}

function structureFromJson(
  model: ServiceModel,
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
): unknown {
  if (shape.document === true) return value;
  const members = Object.entries(shape.members).flatMap(([name, ref]) => {
    const item = value[ref.locationName ?? name];
    return item === undefined || item === null ? [] : [[name, fromJson(model, ref, item)]];
  });
  return Object.fromEntries(members);
}

function structureToJson(
  model: ServiceModel,
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
): unknown {
  if (shape.document === true) return value;
  const members = Object.entries(value).flatMap(([name, item]) => {
    const ref = shape.members[name];
    if (ref === undefined || item === undefined || item === null) return [];
    return [[ref.locationName ?? name, toJson(model, ref, item)]];
  });
  return Object.fromEntries(members);
}

function inside(model: ServiceModel, shape: Shape, value: unknown, convert: Convert): unknown {
  if (shape.type === "list" && Array.isArray(value)) {
    return value
      .filter((item) => item !== null && item !== undefined)
      .map((item) => convert(model, shape.member, item));
  }
  if (shape.type === "map" && isRecord(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, convert(model, shape.value, item)]));
  }
  return value;
}
