import { invalidCombination, invalidValue } from "../database-services/errors.ts";
import type { Engine } from "./state.ts";

export interface EngineVersion {
  readonly engine: Engine;
  /** As it is asked for. */
  readonly version: string;
  /** As a node answers. */
  readonly full: string;
  readonly family: string;
}

/** Newest last per engine. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
export const engineVersions: readonly EngineVersion[] = [
  { engine: "redis", version: "6.2", full: "6.2.6", family: "redis6.x" },
  { engine: "redis", version: "7.0", full: "7.0.7", family: "redis7" },
  { engine: "redis", version: "7.1", full: "7.1.0", family: "redis7" },
  { engine: "valkey", version: "7.2", full: "7.2.6", family: "valkey7" },
  { engine: "valkey", version: "8.0", full: "8.0.1", family: "valkey8" },
  { engine: "valkey", version: "8.1", full: "8.1.0", family: "valkey8" },
  { engine: "valkey", version: "8.2", full: "8.2.0", family: "valkey8" },
];

export const families: readonly string[] = [...new Set(engineVersions.map((one) => one.family))];

/** @throws ServiceError for another engine (memcached has no replication groups). */
export function engineOf(name: string | undefined): Engine {
  if (name === undefined || name === "redis") return "redis";
  if (name === "valkey") return "valkey";
  throw invalidValue(`Invalid cache engine: ${name}`);
}

/** The version of a request: `8.0`, `8.0.1`, `6.x`, or nothing for the newest. @throws ServiceError */
export function versionOf(engine: Engine, asked: string | undefined): EngineVersion {
  const major = /^(\d+)\.x$/.exec(asked ?? "")?.[1];
  const matches = engineVersions.filter(
    (one) =>
      one.engine === engine &&
      (asked === undefined ||
        asked === one.version ||
        asked === one.full ||
        one.version.split(".")[0] === major),
  );
  const newest = matches.at(-1);
  if (newest !== undefined) return newest;
  throw invalidCombination(`Cannot find version ${asked} for ${engine}`);
}

/** Image by major version. Who asks for a minor one must find it in the answers, or Terraform never came to rest. */
export function imageOf(engine: Engine, version: string): string {
  const major = version.split(".")[0];
  return engine === "valkey" ? `valkey/valkey:${major}` : `redis:${major}`;
}
