/** A `WebAssembly.Memory`: its buffer is another one after it has grown. */
export interface LinearMemory {
  readonly buffer: ArrayBufferLike;
}

/** What a memory held. */
export interface Image {
  /** Puts the memory back to it. */
  restore(): void;
}

const page = 4096;
const zeros = Buffer.alloc(page);

/**
 * How much of the hole is kept at either end. What lies beside it may be zero now and written later; the engine's stack,
 * which grows into it from above, is bounded to less than this.
 */
const margin = 384 * 1024;

/**
 * Remembers what a memory holds now. Its largest run of empty pages is the stack that nobody uses (5 MB, between the
 * program's data and its heap) and is left out but for the margins; what lies behind the last full page was never used.
 */
export function imageOf(memory: LinearMemory): Image {
  const bytes = Buffer.from(memory.buffer);
  const isEmpty = Array.from({ length: bytes.length / page }, (_none, index) =>
    bytes.subarray(index * page, (index + 1) * page).equals(zeros),
  );
  const end = (isEmpty.lastIndexOf(false) + 1) * page;
  const hole = largestHole(isEmpty.slice(0, end / page));
  const low = Math.min(hole.from * page + margin, hole.to * page);
  const high = Math.max(low, hole.to * page - margin);
  const [first, second] = [Buffer.from(bytes.subarray(0, low)), Buffer.from(bytes.subarray(high, end))];
  return {
    restore: () => {
      const now = new Uint8Array(memory.buffer);
      now.set(first, 0);
      now.set(second, high);
    },
  };
}

/** In pages. */
function largestHole(isEmpty: readonly boolean[]): { readonly from: number; readonly to: number } {
  let largest = { from: isEmpty.length, to: isEmpty.length };
  let from = 0;
  for (const [at, empty] of [...isEmpty, false].entries()) {
    if (empty) continue;
    if (at - from > largest.to - largest.from) largest = { from, to: at };
    from = at + 1;
  }
  return largest;
}
