import { kindOf, type Ref, type ValueMap } from "./expression.ts";
import type { DataTypes, EphemeralTypes, ResourceTypes } from "./resources.gen.ts";

export type BlockKind = "resource" | "data" | "ephemeral";

/** One thing of a Terraform root. `Block<"arn">` is any block that has at least this attribute. */
export interface Block<Attribute extends string = never> {
  readonly kind: BlockKind;
  readonly type: string;
  readonly name: string;
  readonly args: ValueMap;
  readonly lifecycle?: Lifecycle;
  readonly dependsOn?: readonly Block[];
  /** Undefined means the collection's region. */
  readonly provider?: "us_east_1";
  /** Never set: carries the names of the attributes that `ref` may ask for. */
  readonly attributes?: (attribute: Attribute) => void;
}

/** https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle */
interface Lifecycle {
  readonly createBeforeDestroy?: true;
  readonly preventDestroy?: true;
  /** Arguments that belong to somebody else after creation, as Terraform writes them: `target[0].ecs_parameters[0].task_definition_arn`. */
  readonly ignoreChanges?: readonly string[];
}

export type Meta = Pick<Block, "lifecycle" | "dependsOn" | "provider">;

export function resource<T extends keyof ResourceTypes>(
  type: T,
  name: string,
  args: ResourceTypes[T]["args"],
  meta: Meta = {},
): Block<ResourceTypes[T]["attribute"]> {
  return { kind: "resource", type, name, args, ...meta };
}

export function data<T extends keyof DataTypes>(
  type: T,
  name: string,
  args: DataTypes[T]["args"],
  meta: Meta = {},
): Block<DataTypes[T]["attribute"]> {
  return { kind: "data", type, name, args, ...meta };
}

/** A value that is there while Terraform runs and stands in no state and no plan. */
export function ephemeral<T extends keyof EphemeralTypes>(
  type: T,
  name: string,
  args: EphemeralTypes[T]["args"],
  meta: Meta = {},
): Block<EphemeralTypes[T]["attribute"]> {
  return { kind: "ephemeral", type, name, args, ...meta };
}

/** What a block knows once it exists; further steps lead into nested attributes. */
export function ref<Attribute extends string>(
  block: Block<Attribute>,
  attribute: NoInfer<Attribute>,
  ...further: readonly (string | number)[]
): Ref {
  return { [kindOf]: "ref", path: [...addressParts(block), attribute, ...further] };
}

/** `aws_ecs_service.api`, `data.aws_security_group.cloudfront`. */
export function address(block: Block): string {
  return addressParts(block).join(".");
}

function addressParts({ kind, type, name }: Block): readonly string[] {
  return kind === "resource" ? [type, name] : [kind, type, name];
}
