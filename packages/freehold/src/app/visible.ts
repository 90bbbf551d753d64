/**
 * Control characters but line feed and tab, and format characters, bidirectional controls among them: they move the cursor,
 * repaint lines, hide text or reorder what is read (https://www.unicode.org/reports/tr36/, section 3.3).
 */
const hidden = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Text of others as a screen may show it: `\x1b` and `\u202e` in place of the characters themselves. */
export function visible(text: string): string {
  return text.replace(hidden, (character) => character.split("").map(escaped).join(""));
}

/** Above ASCII as JSON writes it, so that JSON that passes through stays the same data. */
function escaped(unit: string): string {
  const code = unit.charCodeAt(0);
  const digits = code.toString(16);
  return code < 0x7f ? `\\x${digits.padStart(2, "0")}` : `\\u${digits.padStart(4, "0")}`;
}

/** The same of every text in plain data, names of properties included. */
export function visibleIn<Value>(value: Value): Value;
export function visibleIn(value: unknown): unknown {
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value)) return value.map((one) => visibleIn(one));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [visible(key), visibleIn(one)]));
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

const esc = String.fromCharCode(0x1b);
const color = new RegExp(`(${esc}\\[[0-9;]{0,32}m)`);

/** A line of a container for a terminal: colors stay, and end with the line. */
export function visibleLine(line: string): string {
  const parts = line.split(color);
  const shown = parts.map((part, index) => (index % 2 === 1 ? part : visible(part))).join("");
  return parts.length === 1 ? shown : `${shown}${esc}[0m`;
}
