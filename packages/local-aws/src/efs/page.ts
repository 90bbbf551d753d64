import { badRequest } from "./errors.ts";

/** One page of a list; the token is the index of the next item. @param size 100 unless asked otherwise. */
export function page<T>(
  all: readonly T[],
  { token = "0", size = 100 }: { readonly token?: string | undefined; readonly size?: number | undefined },
) {
  if (!/^\d+$/.test(token)) throw badRequest("Invalid token");
  const start = Number(token);
  const end = start + size;
  return { items: all.slice(start, end), next: end < all.length ? String(end) : undefined };
}
