import type { Cache } from "../app/application.ts";
import { flag, text, wholeNumber } from "./fields.ts";
import * as z from "./zod.ts";

/** `x-freehold` of a cache. */
export const cacheSchema = z.strictObject({
  type: z.literal("cache").optional().describe("A managed cache: ElastiCache."),
  engine: z
    .enum(["valkey", "redis", "memcached"])
    .optional()
    .describe("Kind of cache: that of the image, or `valkey`."),
  version: text
    .optional()
    .describe("Version as ElastiCache has it: that of the image, or the newest.")
    .meta({ examples: ["8.0"] }),
  size: z
    .string()
    .regex(/^cache\.[a-z0-9-]+\.[a-z0-9]+$/, "must be an ElastiCache node type such as `cache.t4g.micro`")
    .default("cache.t4g.micro")
    .describe("ElastiCache node type: processors and memory.")
    .meta({ examples: ["cache.t4g.small"] }),
  replicas: wholeNumber(0, 5)
    .default(0)
    .describe("Read replicas; 1 or more turns on automatic failover. Memcached has none."),
  tls: flag
    .optional()
    .describe(
      "Whether clients must speak TLS and give a token. `false` is for clients that can do neither; then the network alone guards it. True where nothing is said; memcached knows no token and begins without TLS, for few of its clients speak it.",
    ),
});

/** What ElastiCache offers, newest first (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html). */
const versions: Readonly<Record<Cache["engine"], readonly string[]>> = {
  valkey: ["8.2", "8.1", "8.0", "7.2"],
  redis: ["7.1", "7.0", "6.2"],
  memcached: ["1.6.22", "1.6.17", "1.6.12", "1.6.6", "1.5.16"],
};

/** What an image's version, or the lack of one, becomes where the choice is ours. */
const chosen: Readonly<Record<string, string>> = {
  valkey: "8.0",
  "valkey 8": "8.0",
  redis: "7.1",
  memcached: "1.6.22",
  "memcached 1": "1.6.22",
  "memcached 1.6": "1.6.22",
  "memcached 1.5": "1.5.16",
};

/** ElastiCache's version for `8`, `8.1.2` or nothing; undefined when it has none. */
export function cacheVersion(engine: Cache["engine"], written: string | undefined): string | undefined {
  const asked = written?.split(".").slice(0, 2).join(".");
  if (asked === undefined) return chosen[engine];
  const exact = versions[engine].find((version) => version === written || version === asked);
  return (
    exact ??
    chosen[`${engine} ${asked}`] ??
    versions[engine].find((version) => version.split(".")[0] === asked)
  );
}

/**
 * Valkey is what Redis 7.2 became in the open, and ElastiCache has no Redis beyond 7.1: the Valkey that knows what an image of a
 * newer Redis knows, as far as there is one (https://valkey.io/topics/migration/).
 */
export function valkeyFor(redis: string): string | undefined {
  const [major = 0, minor = 0] = redis.split(".").map(Number);
  if (major === 7 && minor === 2) return "7.2";
  return (major === 7 && minor > 2) || major === 8 ? "8.0" : undefined;
}

/** Standard support of Redis 6 has an end; of no other version here has one been told (…/dg/engine-versions.html, November 2026). */
export function cacheNote(engine: Cache["engine"], version: string): string | undefined {
  if (engine !== "redis" || !version.startsWith("6.")) return undefined;
  return `standard support of Redis ${version} ends on 2027-01-31, and from then on ElastiCache charges Extended Support by the hour; \`engine: valkey\` costs less and reads the same commands`;
}

/** For messages: what may be asked for. */
export function cacheVersions(engine: Cache["engine"]): string {
  return versions[engine].join(", ");
}
