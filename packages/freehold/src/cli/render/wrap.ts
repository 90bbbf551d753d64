/**
 * Breaks a text at blanks so that each line fits; words longer than a line stay whole.
 *
 * @param first what the first line begins with; the others begin with as many blanks, or with `rest`.
 */
export function wrap(
  text: string,
  columns: number,
  first: string,
  rest = " ".repeat(first.length),
): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isFresh = true;
  for (const word of text.split(" ")) {
    if (!isFresh && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = rest;
      isFresh = true;
    }
    line += isFresh ? word : ` ${word}`;
    isFresh = false;
  }
  return [...lines, line];
}
