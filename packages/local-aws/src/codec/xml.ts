import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";
import { ServiceError } from "../service.ts";

/** An element; namespaces are read past (AWS's own are by default namespace) and written as attributes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** fast-xml-parser's ordered form: one key that is the element's name, and `:@` for its attributes. */
type OrderedNode = Readonly<Record<string, unknown>>;

const options = { preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: "" } as const;
const parser = new XMLParser({
  ...options,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  htmlEntities: true,
});
const builder = new XMLBuilder({ ...options, suppressEmptyNode: true });

/** @throws ServiceError MalformedXML when the text is not one well-formed element. */
export function parseXml(text: string): XmlElement {
  const roots = XMLValidator.validate(text) === true ? orderedNodes(parser.parse(text)) : [];
  const root = roots.flatMap(elementOf)[0];
  if (root === undefined) throw new ServiceError("MalformedXML", "The request body is not well-formed XML");
  return root;
}

/** The document of an element, with its XML declaration. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build([orderedOf(root)])}`;
}

export function xmlElement(
  name: string,
  content: string | readonly XmlElement[],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  return typeof content === "string"
    ? { name, attributes, children: [], text: content }
    : { name, attributes, children: content, text: "" };
}

export function childrenNamed(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

function elementOf(node: OrderedNode): readonly XmlElement[] {
  const name = Object.keys(node).find((key) => key !== ":@" && key !== "#text");
  if (name === undefined) return [];
  const inner = orderedNodes(node[name]);
  const text = inner.map((child) => child["#text"] ?? "").join("");
  const attributes = Object.entries(node[":@"] ?? {}).map(([key, value]) => [key, String(value)]);
  return [{ name, attributes: Object.fromEntries(attributes), children: inner.flatMap(elementOf), text }];
}

/** The parse boundary: the parser's own form, which it types as `any`. */
function orderedNodes(value: unknown): readonly OrderedNode[] {
  return Array.isArray(value) ? (value as readonly OrderedNode[]) : [];
}

function orderedOf(element: XmlElement): OrderedNode {
  const inner = element.text === "" ? element.children.map(orderedOf) : [{ "#text": element.text }];
  return { [element.name]: inner, ":@": element.attributes };
}
