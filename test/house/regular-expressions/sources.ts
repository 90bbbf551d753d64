import { parseSync, Visitor } from "oxc-parser";
import type { SourceFile } from "../source-files.ts";

/** A regular expression of a source, where its parts are written there. */
export interface Written {
  /** `path: /pattern/flags` */
  readonly where: string;
  readonly pattern: string;
  readonly flags: string;
}

/** A `RegExp(…)` whose pattern only a run knows. */
export interface Composed {
  readonly path: string;
  /** The first argument as it is written, without line breaks. */
  readonly argument: string;
}

export interface Found {
  readonly written: readonly Written[];
  readonly composed: readonly Composed[];
}

/** Every regular expression of a source's syntax tree: literals, and calls of `RegExp` with or without `new`. */
export function expressionsOf({ path, text }: Pick<SourceFile, "path" | "text">): Found {
  const written: Written[] = [];
  const composed: Composed[] = [];
  const add = (pattern: string, flags: string) =>
    written.push({ where: `${path}: /${pattern}/${flags}`, pattern, flags });
  const call = (made: Made) => {
    if (made.callee.type !== "Identifier" || made.callee.name !== "RegExp") return;
    const [pattern, flags] = made.arguments;
    const known = textOf(pattern);
    const flagged = flags === undefined ? "" : textOf(flags);
    if (known !== undefined && flagged !== undefined) add(known, flagged);
    else if (pattern !== undefined)
      composed.push({ path, argument: text.slice(pattern.start, pattern.end).replaceAll(/\s*\n\s*/g, "") });
  };
  const visitor = new Visitor({
    Literal: (node) => {
      if ("regex" in node) add(node.regex.pattern, node.regex.flags);
    },
    NewExpression: call,
    CallExpression: call,
  });
  visitor.visit(parseSync(path, text).program);
  return { written, composed };
}

interface Made {
  readonly callee: { readonly type: string; readonly name?: unknown };
  readonly arguments: readonly Argument[];
}

interface Argument {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly value?: unknown;
  readonly expressions?: readonly unknown[];
  readonly quasis?: readonly { readonly value: { readonly cooked: string | null } }[];
}

function textOf(argument: Argument | undefined): string | undefined {
  if (argument === undefined) return undefined;
  if (argument.type === "Literal" && typeof argument.value === "string") return argument.value;
  if (argument.type !== "TemplateLiteral" || argument.expressions?.length !== 0) return undefined;
  return argument.quasis?.[0]?.value.cooked ?? undefined;
}
