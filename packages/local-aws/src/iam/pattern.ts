import type { Context } from "./policy.ts";

/** A pattern in pieces: `*` matches any number of characters, `?` one, text itself. */
export type Piece = { readonly kind: "text"; readonly text: string } | { readonly kind: "many" | "one" };

/** A policy variable has no value in this request, or none that local-aws knows. */
export type Unresolved = "absent" | "unknown";

/**
 * Splits a pattern; `${key}` becomes the key's value, in which wildcards are plain text, and `${*}`, `${?}`, `${$}` the character.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function piecesOf(pattern: string, context: Context | undefined): readonly Piece[] | Unresolved {
  const pieces: Piece[] = [];
  for (let at = 0; at < pattern.length; ) {
    const end = context !== undefined && pattern.startsWith("${", at) ? pattern.indexOf("}", at) : -1;
    if (context !== undefined && end !== -1) {
      const value = variableOf(pattern.slice(at + 2, end), context);
      if (typeof value === "string") return value;
      pieces.push({ kind: "text", text: value.text });
      at = end + 1;
    } else {
      pieces.push(pieceOf(pattern.charAt(at)));
      at += 1;
    }
  }
  return pieces;
}

function pieceOf(character: string): Piece {
  if (character === "*") return { kind: "many" };
  return character === "?" ? { kind: "one" } : { kind: "text", text: character };
}

/** `key`, or `key, 'default'`. A variable takes keys with one value only. */
function variableOf(variable: string, { values, isAbsent }: Context): { readonly text: string } | Unresolved {
  if (variable === "*" || variable === "?" || variable === "$") return { text: variable };
  const [, name = "", behind] = /^([^,]*)(,.*)?$/s.exec(variable) ?? [];
  const fallback = /^,\s*'(.*)'\s*$/.exec(behind ?? "")?.[1];
  const key = behind !== undefined && fallback === undefined ? "" : name.trim().toLowerCase();
  const [value, ...more] = values.get(key) ?? [];
  if (value !== undefined) return more.length === 0 ? { text: value } : "unknown";
  if (!isAbsent(key)) return "unknown";
  return fallback === undefined ? "absent" : { text: fallback };
}

/** Whether a text matches a pattern as a whole; time grows with the product of their lengths at worst. */
export function matches(pieces: readonly Piece[], text: string): boolean {
  const units = pieces.flatMap((piece) => (piece.kind === "text" ? [...piece.text] : [piece.kind]));
  const isWild = pieces.flatMap((piece) =>
    piece.kind === "text" ? [...piece.text].map(() => false) : [true],
  );
  const characters = [...text];
  let at = 0;
  let here = 0;
  let star = -1;
  let mark = 0;
  while (here < characters.length) {
    if (isWild[at] === true && units[at] === "many") {
      star = at;
      mark = here;
      at += 1;
    } else if (at < units.length && (isWild[at] === true || units[at] === characters[here])) {
      at += 1;
      here += 1;
    } else if (star !== -1) {
      // Only the last `*` can need more: what an earlier one could take, it can take as well.
      at = star + 1;
      mark += 1;
      here = mark;
    } else return false;
  }
  while (isWild[at] === true && units[at] === "many") at += 1;
  return at === units.length;
}

/** `*` and `?` alone, without variables and with or without regard to case. */
export function matchesText(pattern: string, text: string): boolean {
  const pieces = piecesOf(pattern, undefined);
  return typeof pieces !== "string" && matches(pieces, text);
}
