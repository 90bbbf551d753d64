import { invalidParameter } from "./errors.ts";

export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** One page of a list; tokens are positions, 100 items where the caller names no number. */
export function pageOf<T>(all: readonly T[], { maxResults = 100, nextToken }: PageRequest): Page<T> {
  const start = nextToken === undefined ? 0 : Number(nextToken);
  if (!Number.isInteger(start) || start < 0) throw invalidParameter("Invalid token.");
  const end = start + Math.min(Math.max(maxResults, 1), 100);
  return { items: all.slice(start, end), nextToken: end < all.length ? String(end) : undefined };
}
