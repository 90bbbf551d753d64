import { majorVersion } from "../../database-versions.ts";
import { partAt, type Section, scalar, type Tree } from "../../yaml/tree.ts";
import { lostCacheVersion, lostDatabaseVersion } from "../offered.ts";
import type { Setting } from "./table-addon.ts";
import { templateValue } from "./template-value.ts";
import { textOf } from "./treatment.ts";

/** What a template says of a database or a cache. */
export interface ManagedAddon {
  readonly settings: readonly Setting[];
  /** What to know beside; empty where it is the same. */
  readonly message: string;
  /** Why the version it asks for cannot be had. */
  readonly lostVersion?: string;
}

type Read = (property: string) => string | undefined;

function reading(resource: Tree, template: Section): Read {
  return (property) => templateValue(template, partAt(resource, ["Properties", property]));
}

function settingsOf(
  values: Readonly<Record<string, string | number | boolean | undefined>>,
  { place }: Tree,
) {
  return Object.entries(values).flatMap(([key, value]): readonly Setting[] =>
    value === undefined ? [] : [[[key], scalar(value, place)]],
  );
}

function sizeOf(written: string | undefined, family: "db" | "cache"): string | undefined {
  const [kind, ...rest] = (written ?? "").split(".");
  return kind === family && rest.length === 2 ? written : undefined;
}

function numberWithin(written: string | undefined, least: number, most: number): number | undefined {
  const number = Number(written);
  return written !== undefined && Number.isInteger(number) && number >= least && number <= most
    ? number
    : undefined;
}

function engineOf(written: string) {
  return (["mysql", "mariadb", "postgres"] as const).find((engine) => written.includes(engine));
}

/** `AWS::RDS::DBInstance` and `AWS::RDS::DBCluster`; undefined for an engine that is not made here. */
export function databaseAddon(resource: Tree, template: Section): ManagedAddon | undefined {
  const read = reading(resource, template);
  const written = read("Engine") ?? "";
  const engine = engineOf(written);
  if (engine === undefined) return undefined;
  const isAurora = written.startsWith("aurora");
  const asked = isAurora && engine === "mysql" ? undefined : read("EngineVersion");
  const version = asked === undefined ? undefined : majorVersion(engine, asked);
  const lostVersion = version === undefined ? undefined : lostDatabaseVersion(engine, version);
  const settings = {
    engine,
    version: lostVersion === undefined ? version : undefined,
    size: sizeOf(read("DBInstanceClass"), "db"),
    storage: numberWithin(read("AllocatedStorage"), 20, 65536),
    multi_az: read("MultiAZ") === "true" ? true : undefined,
    backup_days: numberWithin(read("BackupRetentionPeriod"), 0, 35),
  };
  return {
    settings: settingsOf(settings, resource),
    message: isAurora ? "RDS in place of Aurora" : "",
    ...(lostVersion === undefined ? {} : { lostVersion }),
  };
}

/** `AWS::ElastiCache::CacheCluster`, `…::ReplicationGroup` and `…::ServerlessCache`. */
export function cacheAddon(resource: Tree, template: Section): ManagedAddon {
  const read = reading(resource, template);
  const written = read("Engine");
  const engine = (["valkey", "memcached"] as const).find((one) => one === written) ?? "redis";
  const asked = read("EngineVersion") ?? read("MajorEngineVersion");
  const lostVersion = asked === undefined ? undefined : lostCacheVersion(engine, asked);
  const hasTls =
    engine === "memcached" || isServerless(resource) || read("TransitEncryptionEnabled") === "true";
  const nodes = numberWithin(read("NumCacheClusters"), 1, 6);
  const replicas = numberWithin(read("ReplicasPerNodeGroup"), 0, 5) ?? (nodes === undefined ? 0 : nodes - 1);
  const settings = {
    engine,
    version: lostVersion === undefined ? asked : undefined,
    size: sizeOf(read("CacheNodeType"), "cache"),
    replicas: replicas > 0 && engine !== "memcached" ? replicas : undefined,
    tls: hasTls ? undefined : false,
  };
  return {
    settings: settingsOf(settings, resource),
    message:
      settings.tls === false ? "without TLS, as it was: take `tls: false` out once clients speak it" : "",
    ...(lostVersion === undefined ? {} : { lostVersion }),
  };
}

/** A serverless cache speaks TLS alone. */
function isServerless(resource: Tree): boolean {
  return textOf(partAt(resource, ["Type"])) === "AWS::ElastiCache::ServerlessCache";
}
