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
  const expression = new RegExp(wholeOf(pattern.split("*").map(source)), flags);
  compiled.set(key, expression);
  return expression.test(text);
}

function source(part: string): string {
  return part.split("?").map(RegExp.escape).join(".");
}

/** Each part between two `*` is taken where it comes first and never again elsewhere: time does not grow with their number. */
function wholeOf([first = "", ...others]: readonly string[]): string {
  const last = others.pop();
  const between = others.map((part, index) => `(?=(.*?${part}))\\${index + 1}`);
  return last === undefined ? `^${first}$` : `^${first}${between.join("")}.*${last}$`;
}
