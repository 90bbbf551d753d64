import { Document, isMap, isScalar, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { isMapping, type Mapping, type Value } from "./document.ts";

/** The YAML of a document, with its comments above the entries they are about. */
export function renderDocument(document: Mapping, heading: string): string {
  const file = new Document(nodeOf(document));
  spread(file.contents);
  if (isMap(file.contents)) for (const { value } of file.contents.items) spread(value);
  file.commentBefore = asComment(heading);
  return file.toString({ lineWidth: 110, flowCollectionPadding: true });
}

/** An empty line between the entries of a block. */
function spread(node: unknown): void {
  if (!isMap(node) || node.flow === true) return;
  for (const { key } of node.items.slice(1)) if (isScalar(key)) key.spaceBefore = true;
}

function nodeOf(value: Value): YAMLMap | YAMLSeq | Scalar {
  if (isMapping(value)) return mapOf(value);
  if (Array.isArray(value)) {
    const list = new YAMLSeq();
    list.flow = value.every((one) => typeof one !== "object");
    for (const item of value) list.add(nodeOf(item));
    return list;
  }
  const scalar = new Scalar(value);
  // A port pair without quotes is a sexagesimal number to YAML 1.1 readers.
  if (typeof value === "string" && /^\d+(?::\d+)*$/.test(value)) scalar.type = "QUOTE_DOUBLE";
  return scalar;
}

function mapOf({ entries, isInline }: Mapping): YAMLMap {
  const map = new YAMLMap();
  map.flow = isInline;
  for (const { key, value, comment } of entries) {
    const name = new Scalar(key);
    if (comment !== undefined) name.commentBefore = asComment(comment);
    map.add(new Pair(name, nodeOf(value)));
  }
  return map;
}

function asComment(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : ` ${line}`))
    .join("\n");
}
