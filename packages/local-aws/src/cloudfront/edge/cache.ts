import type { HeaderLines } from "../../elb/headers.ts";
import { matchesPattern } from "../../elb/pattern.ts";

/** A whole answer, kept. */
export interface CachedAnswer {
  readonly distributionId: string;
  /** As the viewer-request function left it; invalidations go by it. */
  readonly path: string;
  readonly status: number;
  readonly reason?: string | undefined;
  readonly headers: HeaderLines;
  readonly bytes: Buffer;
  /** Milliseconds since the epoch. */
  readonly stored: number;
  readonly expires: number;
}

/** Answers in memory, the least recently used given up first. */
export interface EdgeCache {
  find(key: string, now: Date): CachedAnswer | undefined;
  store(key: string, answer: CachedAnswer): void;
  /** Forgets what a distribution has under path patterns; `*` at their end stands for anything. */
  drop(distributionId: string, paths: readonly string[]): void;
}

/** Largest answer that is kept, in bytes. */
export const largestCached = 16 * 1024 * 1024;

export function createEdgeCache(bound = 128 * 1024 * 1024): EdgeCache {
  const kept = new Map<string, CachedAnswer>();
  let size = 0;
  const remove = (key: string): void => {
    size -= kept.get(key)?.bytes.byteLength ?? 0;
    kept.delete(key);
  };
  return {
    find: (key, now) => {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      if (found.expires <= now.getTime()) {
        size -= found.bytes.byteLength;
        return undefined;
      }
      kept.set(key, found);
      return found;
    },
    store: (key, answer) => {
      remove(key);
      kept.set(key, answer);
      size += answer.bytes.byteLength;
      for (const oldest of kept.keys()) {
        if (size <= bound) return;
        remove(oldest);
      }
    },
    drop: (distributionId, paths) => {
      for (const [key, answer] of kept) {
        const hit = paths.some((path) =>
          matchesPattern(path.startsWith("/") ? path : `/${path}`, answer.path),
        );
        if (answer.distributionId === distributionId && hit) remove(key);
      }
    },
  };
}
