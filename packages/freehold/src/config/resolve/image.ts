import type { DatabaseEngine } from "../../app/application.ts";

/** Parts of an image's reference: `registry:5000/bitnami/postgresql:17.2@sha256:…`. */
export interface ImageName {
  /** Last word of the path: `postgresql`. */
  readonly name: string;
  /** The word before it, if any: `bitnami`. */
  readonly owner?: string;
  readonly tag?: string;
}

export function parseImage(reference: string): ImageName {
  const [path = ""] = reference.split("@");
  const steps = path.split("/");
  const [name = "", tag] = (steps.at(-1) ?? "").split(":");
  const owner = steps.at(-2);
  return {
    name: name.toLowerCase(),
    ...(owner === undefined ? {} : { owner }),
    ...(tag === undefined ? {} : { tag }),
  };
}

/** The version a tag begins with: `17.2` of `17.2-alpine`, `17` of `pg17`; undefined for `latest`, `alpine`. */
export function versionOfTag(tag: string | undefined): string | undefined {
  return /^(?:pg|v)?(\d+(?:\.\d+)*)/.exec(tag ?? "")?.[1];
}

/** What a well-known image stands for. */
export type KnownImage =
  | { readonly kind: "managed"; readonly type: "cache" | "bucket" | "queue" }
  | { readonly kind: "managed"; readonly type: "database"; readonly engine: DatabaseEngine }
  | { readonly kind: "not-built"; readonly what: string; readonly wayOut: string }
  /** Stays a container; its data goes with the task. */
  | { readonly kind: "stateful"; readonly service: string };

const managed = (type: "cache" | "bucket" | "queue"): KnownImage => ({ kind: "managed", type });
const database = (engine: DatabaseEngine): KnownImage => ({ kind: "managed", type: "database", engine });
const notBuilt = (what: string, wayOut: string): KnownImage => ({ kind: "not-built", what, wayOut });
const stateful = (service: string): KnownImage => ({ kind: "stateful", service });

const known: ReadonlyMap<string, KnownImage> = new Map([
  ["postgres", database("postgres")],
  ["postgresql", database("postgres")],
  ["postgis", database("postgres")],
  ["pgvector", database("postgres")],
  ["mysql", database("mysql")],
  ["mysql-server", database("mysql")],
  ["percona", database("mysql")],
  ["percona-server", database("mysql")],
  ["mariadb", database("mariadb")],
  ["valkey", managed("cache")],
  ["redis", managed("cache")],
  [
    "memcached",
    notBuilt("a memcached cache", "use valkey, or leave the service out with `x-freehold.type: ignore`"),
  ],
  ["minio", managed("bucket")],
  ["rustfs", managed("bucket")],
  ["elasticmq", managed("queue")],
  ["elasticmq-native", managed("queue")],
  ["dynamodb-local", notBuilt("a table", "leave the service out with `x-freehold.type: ignore`")],
  ["timescaledb", stateful("RDS has no TimescaleDB")],
  ["mongo", stateful("Amazon DocumentDB exists")],
  ["mongodb", stateful("Amazon DocumentDB exists")],
  ["kafka", stateful("Amazon MSK exists")],
  ["cp-kafka", stateful("Amazon MSK exists")],
  ["redpanda", stateful("Amazon MSK exists")],
  ["rabbitmq", stateful("Amazon MQ exists, and `type: queue`")],
  ["opensearch", stateful("Amazon OpenSearch Service exists")],
  ["elasticsearch", stateful("Amazon OpenSearch Service exists")],
]);

export function knownImage(reference: string): KnownImage | undefined {
  return known.get(parseImage(reference).name);
}
