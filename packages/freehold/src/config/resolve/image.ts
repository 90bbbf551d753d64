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
  | { readonly kind: "managed"; readonly type: "database" | "cache" | "bucket" | "queue" }
  | { readonly kind: "not-built"; readonly what: string; readonly wayOut: string }
  /** Stays a container; its data goes with the task. */
  | { readonly kind: "stateful"; readonly service: string };

const managed = (type: "database" | "cache" | "bucket" | "queue"): KnownImage => ({ kind: "managed", type });
const notBuilt = (what: string, wayOut: string): KnownImage => ({ kind: "not-built", what, wayOut });
const stateful = (service: string): KnownImage => ({ kind: "stateful", service });

const usePostgres = "use postgres, or leave the service out with `x-freehold.type: ignore`";

const known: ReadonlyMap<string, KnownImage> = new Map([
  ["postgres", managed("database")],
  ["postgresql", managed("database")],
  ["postgis", managed("database")],
  ["pgvector", managed("database")],
  ["mysql", notBuilt("a MySQL database", usePostgres)],
  ["mariadb", notBuilt("a MariaDB database", usePostgres)],
  ["percona", notBuilt("a MySQL database", usePostgres)],
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
