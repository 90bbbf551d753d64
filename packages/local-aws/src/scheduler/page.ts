import { invalid } from "./errors.ts";

interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** One page of a list (100 items unless asked otherwise); the token is the index of the next item. */
export function page<T>(all: readonly T[], { MaxResults = 100, NextToken = "0" }: PageRequest) {
  if (!/^\d+$/.test(NextToken)) throw invalid("Invalid NextToken");
  const start = Number(NextToken);
  const end = start + MaxResults;
  return { items: all.slice(start, end), NextToken: end < all.length ? String(end) : undefined };
}
