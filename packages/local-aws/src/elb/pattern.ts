const compiled = new Map<string, RegExp>();

/** Whether text matches a pattern of literal characters, `*` (none or more of any) and `?` (exactly one). */
export function matchesPattern(
  pattern: string,
  text: string,
  options: { ignoreCase?: boolean } = {},
): boolean {
  const flags = options.ignoreCase === true ? "is" : "s";
  const key = `${flags}:${pattern}`;
  const known = compiled.get(key);
  if (known !== undefined) return known.test(text);
  const expression = new RegExp(`^${pattern.replaceAll(/[*?]|[^*?]+/g, source)}$`, flags);
  compiled.set(key, expression);
  return expression.test(text);
}

function source(part: string): string {
  if (part === "*") return ".*";
  return part === "?" ? "." : RegExp.escape(part);
}
