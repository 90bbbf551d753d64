import { Redis } from "iovalkey";

const cache = new Redis(process.env.REDIS_URL, { lazyConnect: true, maxRetriesPerRequest: 2 });
cache.on("error", (error) => console.error(`cache: ${error.message}`));

/** One more visit; the count lives in the cache alone. */
export function countVisit() {
  return cache.incr("visits");
}

export function closeCache() {
  cache.disconnect();
}
