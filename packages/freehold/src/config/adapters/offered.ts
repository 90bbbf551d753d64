import { cacheVersion, cacheVersions } from "../cache.ts";
import { majorVersion, versionProblem } from "../database-versions.ts";

const otherwise = "the newest is made, and what it holds has to be moved";

/** What is said of a version that was had elsewhere and cannot be had of RDS; undefined where it can. */
export function lostDatabaseVersion(
  engine: "postgres" | "mysql" | "mariadb",
  written: string,
): string | undefined {
  const major = majorVersion(engine, written);
  return versionProblem(engine, major) === undefined
    ? undefined
    : `RDS makes no ${engine} ${major}: ${otherwise}`;
}

/** The same of a cache. */
export function lostCacheVersion(
  engine: "valkey" | "redis" | "memcached",
  written: string,
): string | undefined {
  return cacheVersion(engine, written) === undefined
    ? `ElastiCache has no ${engine} ${written}, only ${cacheVersions(engine)}: the newest is made`
    : undefined;
}
