import { type ListShape, type MapShape, type ServiceModel, type ShapeRef, shapeOf } from "./model.ts";
import { scalarFromText } from "./scalar.ts";

/** `Filters.member.1.Name=x` as a tree: each dot goes one level down. */
interface FormNode {
  text?: string | undefined;
  readonly children: Map<string, FormNode>;
}

/** Form fields of the Query protocol → SDK shape. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function fromForm(model: ServiceModel, ref: ShapeRef, form: URLSearchParams): unknown {
  const root: FormNode = { children: new Map() };
  for (const [key, text] of form) place(root, key.split("."), text);
  return fromNode(model, ref, root);
}

function place(root: FormNode, steps: readonly string[], text: string): void {
  const leaf = steps.reduce<FormNode>((node, step) => {
    const child: FormNode = node.children.get(step) ?? { children: new Map() };
    node.children.set(step, child);
    return child;
  }, root);
  leaf.text = text;
}

function fromNode(model: ServiceModel, ref: ShapeRef, node: FormNode): unknown {
  const shape = shapeOf(model, ref);
  switch (shape.type) {
    case "structure":
      return Object.fromEntries(
        Object.entries(shape.members).flatMap(([name, member]) => {
          const child = node.children.get(formName(model, member, name));
          return child === undefined ? [] : [[name, fromNode(model, member, child)]];
        }),
      );
    case "list":
      return listItems(shape, ref, node).map((item) => fromNode(model, shape.member, item));
    case "map":
      return Object.fromEntries(mapEntries(model, shape, ref, node));
    default:
      return scalarFromText(shape, node.text ?? "");
  }
}

/** A flattened list takes the name of its items. */
function formName(model: ServiceModel, ref: ShapeRef, name: string): string {
  const shape = shapeOf(model, ref);
  const items = shape.type === "list" && isFlat(shape, ref) ? shape.member.locationName : undefined;
  return items ?? ref.locationName ?? name;
}

/** SDKs differ in whether they write `member` or the items' own name between list and number; both are taken. */
function listItems(shape: ListShape, ref: ShapeRef, node: FormNode): readonly FormNode[] {
  if (isFlat(shape, ref)) return numbered(node);
  const level = node.children.get(shape.member.locationName ?? "member") ?? node.children.get("member");
  return numbered(level ?? node);
}

function mapEntries(
  model: ServiceModel,
  shape: MapShape,
  ref: ShapeRef,
  node: FormNode,
): readonly (readonly [string, unknown])[] {
  const level = isFlat(shape, ref) ? node : (node.children.get("entry") ?? node);
  return numbered(level).flatMap((entry) => {
    const key = entry.children.get(shape.key.locationName ?? "key")?.text;
    const value = entry.children.get(shape.value.locationName ?? "value");
    return key === undefined || value === undefined
      ? []
      : [[key, fromNode(model, shape.value, value)] as const];
  });
}

function numbered(node: FormNode): readonly FormNode[] {
  return [...node.children]
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([, child]) => child);
}

function isFlat(shape: ListShape | MapShape, ref: ShapeRef): boolean {
  return shape.flattened === true || ref.flattened === true;
}
