/** The allowed word nearest to what was written, if it is near enough to be meant. */
export function suggest(written: string, allowed: Iterable<string>): string | undefined {
  let best: { readonly word: string; readonly distance: number } | undefined;
  const reach = written.length === 1 ? 0 : Math.max(1, Math.floor(written.length / 3));
  for (const word of allowed) {
    const distance = editDistance(written.toLowerCase(), word.toLowerCase());
    if (distance <= reach && (best === undefined || distance < best.distance)) best = { word, distance };
  }
  return best?.word;
}

/** Edits (insert, remove, replace, swap of neighbours) that turn one word into the other. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8 || a.length > 64) return Number.POSITIVE_INFINITY;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row: number[] = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? at(beforeLast, j - 2) + 1 : replaced;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced, swapped));
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/** What goes below an unknown word: the nearest of all known words, and those worth naming. */
export function hintFor(written: string, known: readonly string[], named: readonly string[] = known): string {
  const near = suggest(written, known);
  const list = named.length === 0 ? "" : `(allowed: ${[...named].sort().join(", ")})`;
  if (near === undefined && list === "") return "(there is none)";
  return [near === undefined ? "" : `did you mean \`${near}\`?`, list]
    .filter((part) => part !== "")
    .join("  ");
}
