import type { OperationModel, ServiceModel } from "./model.ts";
import type { Match, WireRequest } from "./wire.ts";

/** The operation whose method, path and fixed query parameters fit; the most literal one where several do. */
export function matchRest(model: ServiceModel, request: WireRequest): Match | undefined {
  const fitting = Object.values(model.operations).flatMap((operation) => {
    const labels = fits(operation, request);
    return labels === undefined ? [] : [{ operation, labels }];
  });
  return fitting.sort((left, right) => literalness(right.operation) - literalness(left.operation))[0];
}

function fits(operation: OperationModel, request: WireRequest): Match["labels"] | undefined {
  if (operation.http.method !== request.method) return undefined;
  const [path = "", fixed = ""] = operation.http.requestUri.split("?");
  const fixedPresent = [...new URLSearchParams(fixed)].every(
    ([key, value]) => request.query.has(key) && (value === "" || request.query.get(key) === value),
  );
  return fixedPresent ? labelsOf(segments(path), segments(request.path)) : undefined;
}

function labelsOf(pattern: readonly string[], path: readonly string[]): Match["labels"] | undefined {
  const labels: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const name = /^\{(.+?)(\+?)\}$/.exec(part);
    const here = path[index];
    if (here === undefined) return undefined;
    if (name === null) {
      if (part !== decoded(here)) return undefined;
    } else if (name[2] === "+") {
      return { ...labels, [name[1] ?? ""]: path.slice(index).map(decoded).join("/") };
    } else {
      labels[name[1] ?? ""] = decoded(here);
    }
  }
  return path.length === pattern.length ? labels : undefined;
}

/** A trailing slash says nothing: scheduler's and KeyValueStore's models have paths with and without. */
function segments(path: string): readonly string[] {
  return path
    .replace(/^\/+/, "")
    .replace(/(?<!\/)\/+$/, "")
    .split("/");
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function literalness(operation: OperationModel): number {
  const [path = "", fixed = ""] = operation.http.requestUri.split("?");
  const literals = segments(path).filter((part) => !part.startsWith("{")).length;
  return literals * 10 + (fixed === "" ? 0 : 1);
}
