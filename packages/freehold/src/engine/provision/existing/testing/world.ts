import type { Block } from "../../../../terraform/block.ts";
import { kindOf, type Value } from "../../../../terraform/expression.ts";
import { FakeAwsError } from "../../../testing/fake-client.ts";

/** A thing that exists in the fake account; its id in AWS is its address in Terraform. */
export interface Thing {
  readonly block: Block;
  readonly id: string;
  readonly name: string;
  tags: Readonly<Record<string, string>>;
  /** Where AWS is still making it. */
  state?: string;
  /** A security group with the rule that AWS gives to each new one. */
  isOpen?: boolean;
}

/** What an account in memory holds, as its services look for it. */
export interface World {
  all(type: string): readonly Thing[];
  named(type: string, name: string | undefined): Thing | undefined;
  tagsOf(id: string): Thing["tags"];
}

/** The thing, or the refusal of a service that does not have it. */
export function found<T>(thing: T | undefined, error: string): T {
  if (thing === undefined) throw new FakeAwsError(error);
  return thing;
}

/** What an argument names: an address where it refers to a thing, else what is written. */
export function meant(value: Value | undefined): unknown {
  const isRef = typeof value === "object" && value !== null && kindOf in value && value[kindOf] === "ref";
  return isRef ? value.path.slice(0, 2).join(".") : value;
}

/** Tags as most services write them. */
export const Items = (tags: Thing["tags"]) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Tags as ECS and ECR write them. */
export const items = (tags: Thing["tags"]) => Object.entries(tags).map(([key, value]) => ({ key, value }));
