import type { Parameter } from "@aws-sdk/client-elasticache";
import { invalidValue } from "../database-services/errors.ts";
import type { ParameterGroup } from "./state.ts";

/** Parameters that the servers take under the same name, with ElastiCache's defaults. */
const defaults: Readonly<Record<string, string>> = {
  activedefrag: "no",
  "active-defrag-cycle-max": "75",
  "active-defrag-cycle-min": "5",
  "active-defrag-ignore-bytes": "104857600",
  "active-defrag-threshold-lower": "10",
  "active-defrag-threshold-upper": "100",
  activerehashing: "yes",
  "client-output-buffer-limit-normal-hard-limit": "0",
  databases: "16",
  "hash-max-listpack-entries": "512",
  "hash-max-listpack-value": "64",
  hz: "10",
  "latency-tracking": "no",
  "lazyfree-lazy-eviction": "no",
  "lazyfree-lazy-expire": "no",
  "lazyfree-lazy-server-del": "no",
  "lazyfree-lazy-user-del": "no",
  "lfu-decay-time": "1",
  "lfu-log-factor": "10",
  "list-max-listpack-size": "-2",
  "lua-time-limit": "5000",
  maxclients: "65000",
  "maxmemory-policy": "volatile-lru",
  "maxmemory-samples": "3",
  "notify-keyspace-events": "",
  "proto-max-bulk-len": "536870912",
  "reserved-memory-percent": "25",
  "set-max-intset-entries": "512",
  "slowlog-log-slower-than": "10000",
  "slowlog-max-len": "128",
  "tcp-keepalive": "300",
  timeout: "0",
  "tracking-table-max-keys": "1000000",
  "zset-max-listpack-entries": "128",
  "zset-max-listpack-value": "64",
};

/** ElastiCache's own, and what a laptop decides by itself. */
const notForServers = [
  "reserved-memory-percent",
  "maxclients",
  "client-output-buffer-limit-normal-hard-limit",
];

/** @throws ServiceError for a name ElastiCache does not know. */
export function requireParameter(name: string): void {
  if (defaults[name] === undefined)
    throw invalidValue(`Invalid parameter value: parameter ${name} does not exist`);
}

/** All parameters of a group, or those of one source. */
export function describeParameters(group: ParameterGroup, source: string | undefined): readonly Parameter[] {
  return Object.entries(defaults)
    .map(([name, value]) => ({
      ParameterName: name,
      ParameterValue: group.values[name] ?? value,
      Source: group.values[name] === undefined ? "system" : "user",
      DataType: /^-?\d+$/.test(value) ? "integer" : "string",
      IsModifiable: true,
      ChangeType: name === "databases" ? ("requires-reboot" as const) : ("immediate" as const),
    }))
    .filter((parameter) => (source ?? parameter.Source) === parameter.Source);
}

/** Settings for the server: what the user set, and where ElastiCache's default is another than the server's. */
export function serverSettings(group: ParameterGroup): readonly (readonly [string, string])[] {
  const own = { "maxmemory-policy": "volatile-lru" };
  return Object.entries({ ...own, ...group.values }).filter(([name]) => !notForServers.includes(name));
}
