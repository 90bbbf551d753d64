/** Marks a value that Terraform computes, and says how. A symbol, so that no user's key can be mistaken for it. */
export const kindOf: unique symbol = Symbol("expression");

/** An address and what is asked of it: `aws_lb.main.arn` is `["aws_lb", "main", "arn"]`; numbers are indexes. */
export interface Ref {
  readonly [kindOf]: "ref";
  readonly path: readonly (string | number)[];
}

/** Texts and expressions side by side; texts stand for themselves, whatever they hold. */
export interface Template {
  readonly [kindOf]: "template";
  readonly parts: readonly Value[];
}

/** A function of Terraform's language (https://developer.hashicorp.com/terraform/language/functions). */
export interface Call {
  readonly [kindOf]: "call";
  readonly name: string;
  readonly args: readonly Value[];
}

/** One attribute of what an expression gives. */
export interface Member {
  readonly [kindOf]: "member";
  readonly of: Expression;
  readonly name: string;
}

export interface Choice {
  readonly [kindOf]: "choice";
  readonly condition: Expression;
  readonly yes: Value;
  readonly no: Value;
}

export type Expression = Ref | Template | Call | Member | Choice;

/** What an argument or output may hold: JSON with expressions in it. */
export type Value = string | number | boolean | null | Expression | readonly Value[] | ValueMap;

export type ValueMap = { readonly [key: string]: Value };

/** For argument types: a plain value, or an expression that gives one. */
export type Text = string | Expression;
export type Numeric = number | Expression;
export type Flag = boolean | Expression;

export function template(...parts: readonly (string | Expression)[]): Template {
  return { [kindOf]: "template", parts };
}

export function call(name: string, ...args: readonly Value[]): Call {
  return { [kindOf]: "call", name, args };
}

export function jsonencode(value: Value): Call {
  return call("jsonencode", value);
}

export function member(of: Expression, name: string): Member {
  return { [kindOf]: "member", of, name };
}

export function choose(condition: Expression, yes: Value, no: Value): Choice {
  return { [kindOf]: "choice", condition, yes, no };
}

export function isExpression(value: unknown): value is Expression {
  return typeof value === "object" && value !== null && kindOf in value;
}

/** The same shape, where anything may be an expression that gives it. */
export type Expressed<T> = T extends string | number | boolean | null
  ? T | Expression
  : { readonly [Key in keyof T]: Expressed<T[Key]> } | Expression;
