import type { Findings } from "../findings.ts";
import { type Entry, type Section, scalar, type Tree } from "./tree.ts";

export type Variables = ReadonlyMap<string, string>;

/** What a text becomes, the variables that were missing, or why it cannot be read. */
export type Interpolated =
  | { readonly kind: "text"; readonly text: string; readonly missing: readonly string[] }
  | { readonly kind: "problem"; readonly message: string };

/** Fills in `${VAR}` and its kin in every value (never in keys), as Compose does. No shell is involved. */
export function interpolateTree(tree: Section, variables: Variables, findings: Findings): Section {
  const missing = new Set<string>();
  const walk = (part: Tree, subject: string): Tree => {
    switch (part.kind) {
      case "section":
        return {
          ...part,
          entries: mapEntries(part, (entry, key) =>
            walk(entry.value, subject === "" ? key : `${subject}.${key}`),
          ),
        };
      case "list":
        return { ...part, items: part.items.map((item, index) => walk(item, `${subject}[${index}]`)) };
      case "scalar": {
        if (typeof part.value !== "string" || !part.value.includes("$")) return part;
        const result = interpolate(part.value, variables);
        if (result.kind === "text") for (const name of result.missing) missing.add(name);
        else findings.problem({ code: "interpolation", subject, message: result.message, place: part.place });
        return result.kind === "text" ? scalar(result.text, part.place) : part;
      }
    }
  };
  const filled: Section = { ...tree, entries: mapEntries(tree, (entry, key) => walk(entry.value, key)) };
  for (const name of missing)
    findings.note(name, "is not set in the shell or .env; an empty text stands in its place");
  return filled;
}

function mapEntries(tree: Section, change: (entry: Entry, key: string) => Tree): ReadonlyMap<string, Entry> {
  return new Map([...tree.entries].map(([key, entry]) => [key, { ...entry, value: change(entry, key) }]));
}

/** https://docs.docker.com/reference/compose-file/interpolation/ */
export function interpolate(text: string, variables: Variables): Interpolated {
  const missing: string[] = [];
  let out = "";
  let rest = text;
  while (rest !== "") {
    const start = rest.indexOf("$");
    if (start < 0) return { kind: "text", text: out + rest, missing };
    out += rest.slice(0, start);
    rest = rest.slice(start);
    const taken = takeReference(rest, variables);
    if (typeof taken === "string") return { kind: "problem", message: taken };
    missing.push(...taken.missing);
    out += taken.text;
    rest = rest.slice(taken.length);
  }
  return { kind: "text", text: out, missing };
}

interface Taken {
  readonly text: string;
  readonly length: number;
  readonly missing: readonly string[];
}

/** `rest` begins with `$`. */
function takeReference(rest: string, variables: Variables): Taken | string {
  if (rest.startsWith("$$")) return { text: "$", length: 2, missing: [] };
  const plain = /^\$([A-Za-z_][A-Za-z0-9_]*)/.exec(rest);
  if (plain?.[1] !== undefined) return { ...lookUp(plain[1], variables), length: plain[0].length };
  const length = lengthOfBraces(rest);
  const body = length === undefined ? undefined : rest.slice(2, length - 1);
  const match = body === undefined ? null : /^([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([\s\S]*))?$/.exec(body);
  if (match?.[1] === undefined || length === undefined) {
    return `\`${rest.slice(0, 40)}\` is no variable; write \`\${NAME}\`, or \`$$\` for a dollar sign`;
  }
  const chosen = choose(match[1], match[2], match[3] ?? "", variables);
  return typeof chosen === "string" ? chosen : { ...chosen, length };
}

/** Length of `${…}` with nested braces; undefined when it never ends. */
function lengthOfBraces(text: string): number | undefined {
  if (!text.startsWith("${")) return undefined;
  let depth = 0;
  for (let index = 1; index < text.length; index += 1) {
    if (text[index] === "{" && text[index - 1] === "$") depth += 1;
    if (text[index] === "}") depth -= 1;
    if (depth === 0) return index + 1;
  }
  return undefined;
}

function lookUp(name: string, variables: Variables): Omit<Taken, "length"> {
  const value = variables.get(name);
  return value === undefined ? { text: "", missing: [name] } : { text: value, missing: [] };
}

function choose(
  name: string,
  operator: string | undefined,
  word: string,
  variables: Variables,
): Omit<Taken, "length"> | string {
  const value = variables.get(name);
  const isThere = value !== undefined && !(operator?.startsWith(":") && value === "");
  switch (operator?.at(-1)) {
    case "-":
      return isThere ? { text: value, missing: [] } : nested(word, variables);
    case "+":
      return isThere ? nested(word, variables) : { text: "", missing: [] };
    case "?":
      return isThere
        ? { text: value, missing: [] }
        : `\`${name}\` must be set${word === "" ? "" : `: ${word}`}`;
    default:
      return lookUp(name, variables);
  }
}

function nested(word: string, variables: Variables): Omit<Taken, "length"> | string {
  const result = interpolate(word, variables);
  return result.kind === "text" ? { text: result.text, missing: result.missing } : result.message;
}
