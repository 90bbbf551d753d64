import { isRecord } from "./flaws.ts";
import {
  type ListShape,
  type MapShape,
  type ServiceModel,
  type ShapeRef,
  type StructureShape,
  shapeOf,
} from "./model.ts";
import { scalarFromText, scalarToText } from "./scalar.ts";
import { childrenNamed, type XmlElement, xmlElement } from "./xml.ts";

/** XML element → SDK shape. https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings */
export function fromXml(model: ServiceModel, ref: ShapeRef, element: XmlElement): unknown {
  const shape = shapeOf(model, ref);
  switch (shape.type) {
    case "structure":
      return membersFromXml(model, shape.members, element);
    case "list":
      return itemsFromXml(model, shape, childrenNamed(element, shape.member.locationName ?? "member"));
    case "map":
      return entriesFromXml(model, shape, childrenNamed(element, "entry"));
    default:
      return scalarFromText(shape, element.text);
  }
}

/** The members of a structure that an element's children carry. */
export function membersFromXml(
  model: ServiceModel,
  members: StructureShape["members"],
  element: XmlElement,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, ref]) => {
      const value = memberFromXml(model, ref, ref.locationName ?? name, element);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function memberFromXml(model: ServiceModel, ref: ShapeRef, name: string, parent: XmlElement): unknown {
  const shape = shapeOf(model, ref);
  // An attribute's name carries its namespace prefix in the model, which the parser has taken off.
  if (ref.xmlAttribute === true) return parent.attributes[name.slice(name.indexOf(":") + 1)];
  const found = childrenNamed(parent, name);
  const [first] = found;
  if (first === undefined) return undefined;
  if (shape.type === "list" && isFlat(shape, ref)) return itemsFromXml(model, shape, found);
  if (shape.type === "map" && isFlat(shape, ref)) return entriesFromXml(model, shape, found);
  return fromXml(model, ref, first);
}

function itemsFromXml(model: ServiceModel, shape: ListShape, items: readonly XmlElement[]): unknown {
  return items.map((item) => fromXml(model, shape.member, item));
}

function entriesFromXml(model: ServiceModel, shape: MapShape, entries: readonly XmlElement[]): unknown {
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const key = childrenNamed(entry, shape.key.locationName ?? "key")[0];
      const value = childrenNamed(entry, shape.value.locationName ?? "value")[0];
      return key === undefined || value === undefined ? [] : [[key.text, fromXml(model, shape.value, value)]];
    }),
  );
}

/** SDK shape → the elements that carry it under a name: one, or for flattened lists and maps as many as they hold. */
export function toXml(
  model: ServiceModel,
  ref: ShapeRef,
  value: unknown,
  name: string,
): readonly XmlElement[] {
  const shape = shapeOf(model, ref);
  switch (shape.type) {
    case "structure":
      return [structureToXml(model, shape, ref, value, name)];
    case "list":
      return listToXml(model, shape, ref, Array.isArray(value) ? value : [], name);
    case "map":
      return mapToXml(model, shape, ref, isRecord(value) ? value : {}, name);
    default:
      return [xmlElement(name, scalarToText(shape, ref, value, "iso8601"))];
  }
}

function structureToXml(
  model: ServiceModel,
  shape: StructureShape,
  ref: ShapeRef,
  value: unknown,
  name: string,
): XmlElement {
  const present = presentMembers(shape.members, value);
  const attributes = present
    .filter(({ ref: member }) => member.xmlAttribute === true)
    .map(({ ref: member, name: key, value: text }) => [member.locationName ?? key, String(text)]);
  return xmlElement(name, membersToXml(model, shape.members, value), {
    ...namespace(ref),
    ...Object.fromEntries(attributes),
  });
}

/** The elements of a structure's members, without the structure's own. */
export function membersToXml(
  model: ServiceModel,
  members: StructureShape["members"],
  value: unknown,
): readonly XmlElement[] {
  return presentMembers(members, value)
    .filter(({ ref }) => ref.xmlAttribute !== true)
    .flatMap(({ ref, name, value: item }) => toXml(model, ref, item, ref.locationName ?? name));
}

function listToXml(
  model: ServiceModel,
  shape: ListShape,
  ref: ShapeRef,
  items: readonly unknown[],
  name: string,
): readonly XmlElement[] {
  const itemName = isFlat(shape, ref) ? name : (shape.member.locationName ?? "member");
  const elements = items.flatMap((item) => toXml(model, shape.member, item, itemName));
  return isFlat(shape, ref) ? elements : [xmlElement(name, elements)];
}

function mapToXml(
  model: ServiceModel,
  shape: MapShape,
  ref: ShapeRef,
  value: Readonly<Record<string, unknown>>,
  name: string,
): readonly XmlElement[] {
  const elements = Object.entries(value).map(([key, item]) =>
    xmlElement(isFlat(shape, ref) ? name : "entry", [
      xmlElement(shape.key.locationName ?? "key", key),
      ...toXml(model, shape.value, item, shape.value.locationName ?? "value"),
    ]),
  );
  return isFlat(shape, ref) ? elements : [xmlElement(name, elements)];
}

function presentMembers(
  members: StructureShape["members"],
  value: unknown,
): readonly { readonly name: string; readonly ref: ShapeRef; readonly value: unknown }[] {
  if (!isRecord(value)) return [];
  return Object.entries(members).flatMap(([name, ref]) => {
    const item = value[name];
    return item === undefined || item === null ? [] : [{ name, ref, value: item }];
  });
}

function isFlat(shape: ListShape | MapShape, ref: ShapeRef): boolean {
  return shape.flattened === true || ref.flattened === true;
}

function namespace(ref: ShapeRef): Readonly<Record<string, string>> {
  if (ref.xmlNamespace === undefined) return {};
  const { uri, prefix } = ref.xmlNamespace;
  return { [prefix === undefined ? "xmlns" : `xmlns:${prefix}`]: uri };
}
