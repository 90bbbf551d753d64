import assert from "node:assert/strict";
import { address } from "../../terraform/block.ts";
import { renderStack } from "../../terraform/render.ts";
import type { Json } from "../../terraform/render-value.ts";
import type { Stack } from "../../terraform/stack.ts";

/** A stack as Terraform sees it. */
interface Root {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Rendered>>>>;
  readonly output: { readonly freehold: { readonly value: Rendered } };
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into parsed JSON of any shape; a wrong path fails the test.
type Rendered = any;

export function rootOf(stack: Stack): Root {
  return JSON.parse(renderStack(stack));
}

/** The rendered block at an address such as `aws_ecs_service.api`. */
export function look(stack: Stack, at: string): Rendered {
  const [type = "", name = ""] = at.split(".");
  const found = rootOf(stack).resource[type]?.[name];
  assert.ok(found !== undefined, `there is no ${at}; there are: ${addressesOf(stack, type).join(", ")}`);
  return found;
}

export function addressesOf(stack: Stack, type = ""): readonly string[] {
  return stack.blocks
    .map(address)
    .filter((one) => one.startsWith(type))
    .sort();
}

/** The statements of a policy that is written as `${jsonencode({…})}`; references stay text. */
export function statementsOf(policy: Json): readonly Rendered[] {
  assert.equal(typeof policy, "string");
  const text = String(policy)
    .replace(/^\$\{jsonencode\(/, "")
    .replace(/\)\}$/, "");
  return JSON.parse(asJson(text)).Statement;
}

/** Terraform's objects (`"a" = ref`) as JSON (`"a":"ref"`), for the plain policies that are written here. */
function asJson(text: string): string {
  return text
    .replaceAll(/"((?:[^"\\]|\\.)*)" = /g, '"$1":')
    .replaceAll(/(?<=[[:,] ?|^)((?:data\.)?aws_[a-z_0-9.]+)(?=[\],} ]|$)/g, '"$1"');
}
