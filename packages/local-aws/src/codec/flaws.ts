import { type ServiceModel, type Shape, type ShapeRef, type StructureShape, shapeOf } from "./model.ts";

/** One way in which a value is not what the model says. */
export interface Flaw {
  readonly kind: "missing" | "type" | "unknown";
  /** E.g. `containerDefinitions[0].name`. */
  readonly path: string;
  /** The model's type, or `required`, or `not in the model`. */
  readonly expected: string;
}

/** Compares a value in SDK shape with the model. `undefined` and `null` members count as absent. */
export function flawsOf(model: ServiceModel, ref: ShapeRef, value: unknown, path = ""): readonly Flaw[] {
  const shape = shapeOf(model, ref);
  switch (shape.type) {
    case "structure":
      return structureFlaws(model, shape, value, path);
    case "list":
      if (!Array.isArray(value)) return [typeFlaw(path, "list")];
      return value.flatMap((item, index) => flawsOf(model, shape.member, item, `${path}[${index}]`));
    case "map":
      if (!isRecord(value)) return [typeFlaw(path, "map")];
      return Object.entries(value).flatMap(([key, item]) =>
        flawsOf(model, shape.value, item, join(path, key)),
      );
    default:
      return isScalar(shape.type, value) ? [] : [typeFlaw(path, shape.type)];
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array)
  );
}

function structureFlaws(
  model: ServiceModel,
  shape: StructureShape,
  value: unknown,
  path: string,
): readonly Flaw[] {
  if (shape.document === true) return [];
  if (!isRecord(value)) return [typeFlaw(path, "structure")];
  const present = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  const names = new Set(present.map(([name]) => name));
  const missing = (shape.required ?? [])
    .filter((name) => !names.has(name))
    .map((name): Flaw => ({ kind: "missing", path: join(path, name), expected: "required" }));
  const wrong = present.flatMap(([name, item]): readonly Flaw[] => {
    const member = shape.members[name];
    if (member !== undefined) return flawsOf(model, member, item, join(path, name));
    return [{ kind: "unknown", path: join(path, name), expected: "not in the model" }];
  });
  return [...missing, ...wrong];
}

function isScalar(type: Exclude<Shape["type"], "structure" | "list" | "map">, value: unknown): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "integer":
    case "long":
      return typeof value === "number" && Number.isInteger(value);
    case "float":
    case "double":
      return typeof value === "number";
    case "timestamp":
      return value instanceof Date && !Number.isNaN(value.getTime());
    case "blob":
      return value instanceof Uint8Array;
  }
}

function typeFlaw(path: string, expected: string): Flaw {
  return { kind: "type", path, expected };
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
