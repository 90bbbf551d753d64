import type { ScalarShape, ShapeRef, TimestampFormat } from "./model.ts";

/** Text of a header, query string, form field or XML element → value; text that does not fit stays text. */
export function scalarFromText(shape: ScalarShape, text: string): unknown {
  switch (shape.type) {
    case "boolean":
      return booleanFromText(text);
    case "integer":
    case "long":
      return /^[+-]?\d+$/.test(text.trim()) ? Number(text) : text;
    case "float":
    case "double":
      return floatFromText(text);
    case "timestamp":
      return timestampFrom(text);
    case "blob":
      return blobFromText(text);
    case "string":
      return text;
  }
}

/** The reverse; the value has been checked against the shape. */
export function scalarToText(
  shape: ScalarShape,
  ref: ShapeRef,
  value: unknown,
  format: TimestampFormat,
): string {
  if (value instanceof Date) return timestampToText(value, formatOf(shape, ref, format));
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return String(value);
}

export function formatOf(shape: ScalarShape, ref: ShapeRef, otherwise: TimestampFormat): TimestampFormat {
  return ref.timestampFormat ?? shape.timestampFormat ?? otherwise;
}

/** Seconds since 1970 (a number or its text), RFC 3339 or an HTTP date. */
export function timestampFrom(value: unknown): unknown {
  if (typeof value !== "number" && typeof value !== "string") return value;
  const numeric = typeof value === "number" || /^[+-]?\d+(\.\d+)?$/.test(value);
  const date = new Date(numeric ? Number(value) * 1000 : value);
  return Number.isNaN(date.getTime()) ? value : date;
}

/** Base64 as AWS takes it: what is not base64 is left as it came. */
export function blobFromText(value: unknown): unknown {
  if (typeof value !== "string" || !/^[A-Za-z0-9+/\s]*(?:={1,2}\s*)?$/.test(value)) return value;
  return new Uint8Array(Buffer.from(value, "base64"));
}

/** NaN and the infinities travel as text in every protocol. */
export function floatFromText(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const known = value === "NaN" || value === "Infinity" || value === "-Infinity";
  return known || (value.trim() !== "" && !Number.isNaN(Number(value))) ? Number(value) : value;
}

function timestampToText(date: Date, format: TimestampFormat): string {
  switch (format) {
    case "iso8601":
      return date.toISOString();
    case "rfc822":
      return date.toUTCString();
    case "unixTimestamp":
      return String(date.getTime() / 1000);
  }
}

function booleanFromText(text: string): unknown {
  const known: Readonly<Record<string, boolean>> = { true: true, false: false };
  return known[text.trim().toLowerCase()] ?? text;
}
