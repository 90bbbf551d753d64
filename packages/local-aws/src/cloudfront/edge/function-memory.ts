/** A `WebAssembly.Memory`: its buffer is another one after it has grown. */
export interface LinearMemory {
  readonly buffer: ArrayBufferLike;
}

/** What a memory held. */
export interface Image {
  /** Puts the memory back to it; what was written behind its end, or deep in a hole, stays. */
  restore(): void;
  /** As `restore`, and the rest becomes zero. */
  reset(): void;
}

const page = 4096;
const zeros = Buffer.alloc(page);

/**
 * How much of a hole is kept at either end. What lies beside it may be zero now and written later; the engine's stack,
 * which grows into its hole from above, is bounded to less than this.
 */
const margin = 384 * 1024;

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Remembers what a memory holds now. Long runs of empty pages are left out but for their margins: the stack that nobody
 * uses (5 MB, between the program's data and its heap) and the ballast (`function-machine.ts`).
 */
export function imageOf(memory: LinearMemory): Image {
  const bytes = Buffer.from(memory.buffer);
  const pieces = used(bytes).map(({ from, to }) => ({ from, bytes: Buffer.from(bytes.subarray(from, to)) }));
  const restore = (): void => {
    const now = new Uint8Array(memory.buffer);
    for (const piece of pieces) now.set(piece.bytes, piece.from);
  };
  return {
    restore,
    reset: () => {
      new Uint8Array(memory.buffer).fill(0);
      restore();
    },
  };
}

/** Between the holes, in order. */
function used(bytes: Buffer): readonly Range[] {
  const ranges: Range[] = [];
  let from = 0;
  for (const hole of emptyRuns(bytes)) {
    const isLast = hole.to === bytes.length;
    if (!isLast && hole.to - hole.from <= 2 * margin) continue;
    ranges.push({ from, to: isLast ? hole.from : hole.from + margin });
    from = hole.to - margin;
    if (isLast) return ranges;
  }
  return [...ranges, { from, to: bytes.length }];
}

/** Runs of empty pages. */
function emptyRuns(bytes: Buffer): readonly Range[] {
  const runs: Range[] = [];
  let from = 0;
  for (let at = 0; at <= bytes.length; at += page) {
    if (at < bytes.length && bytes.subarray(at, at + page).equals(zeros)) continue;
    if (at > from) runs.push({ from, to: at });
    from = at + page;
  }
  return runs;
}
