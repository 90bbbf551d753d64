import { ServiceError } from "../service.ts";

interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** One page of a list (100 items unless asked otherwise); the token is the index of the next item. */
export function page<T>(all: readonly T[], { maxResults = 100, nextToken = "0" }: PageRequest) {
  if (!/^\d+$/.test(nextToken))
    throw new ServiceError("InvalidParameterException", "Invalid parameter at 'nextToken'");
  const start = Number(nextToken);
  const end = start + maxResults;
  return { items: all.slice(start, end), nextToken: end < all.length ? String(end) : undefined };
}
