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

/** `17` of `pg17` and of `0.8.0-pg17`, else the version a tag begins with; undefined for `latest`, `alpine`. */
export function versionOfTag(tag: string | undefined): string | undefined {
  return /(?:^|-)pg(\d+)(?:-|$)/.exec(tag ?? "")?.[1] ?? /^(?:pg|v)?(\d+(?:\.\d+)*)/.exec(tag ?? "")?.[1];
}

/** What a well-known image stands for. */
export type KnownImage =
  | { readonly kind: "managed"; readonly type: "cache" | "bucket" | "queue" | "table" }
  | { readonly kind: "managed"; readonly type: "database"; readonly engine: DatabaseEngine }
  /** Stays a container; its data goes with the task. */
  | { readonly kind: "stateful"; readonly service: string }
  /** For the eyes of developers at home. */
  | { readonly kind: "tool" };

const managed = (type: "cache" | "bucket" | "queue" | "table"): KnownImage => ({ kind: "managed", type });
const database = (engine: DatabaseEngine): KnownImage => ({ kind: "managed", type: "database", engine });
const stateful = (service: string): KnownImage => ({ kind: "stateful", service });

/** What shows or catches things at home, and what stands in for AWS itself. */
const tools = [
  "adminer",
  "autoheal",
  "cadvisor",
  "cloudbeaver",
  "docker-socket-proxy",
  "dozzle",
  "filebeat",
  "greenmail",
  "inbucket",
  "kafka-ui",
  "localstack",
  "localstack-pro",
  "mailcatcher",
  "maildev",
  "mailhog",
  "mailpit",
  "minio/mc",
  "mongo-express",
  "pgadmin4",
  "pgweb",
  "phpmyadmin",
  "portainer",
  "portainer-ce",
  "portainer/agent",
  "redis-commander",
  "moto",
  "motoserver",
  "redisinsight",
  "smtp4dev",
  "watchtower",
] as const;

const known: ReadonlyMap<string, KnownImage> = new Map<string, KnownImage>([
  ...tools.map((name): [string, KnownImage] => [name, { kind: "tool" }]),
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
  ["memcached", managed("cache")],
  ["minio", managed("bucket")],
  ["rustfs", managed("bucket")],
  ["elasticmq", managed("queue")],
  ["elasticmq-native", managed("queue")],
  ["dynamodb-local", managed("table")],
  ["timescaledb", stateful("RDS has no TimescaleDB")],
  ["mongo", stateful("Amazon DocumentDB exists")],
  ["mongodb", stateful("Amazon DocumentDB exists")],
  ["kafka", stateful("Amazon MSK exists")],
  ["cp-kafka", stateful("Amazon MSK exists")],
  ["redpanda", stateful("Amazon MSK exists")],
  ["rabbitmq", stateful("Amazon MQ exists, and `type: queue`")],
  ["opensearch", stateful("Amazon OpenSearch Service exists")],
  ["elasticsearch", stateful("Amazon OpenSearch Service exists")],
  ["redismod", stateful("ElastiCache has no modules of Redis")],
  ["immich-app/postgres", stateful("RDS has no VectorChord")],
  ["tensorchord/vchord-postgres", stateful("RDS has no VectorChord")],
  ["supabase/postgres", stateful("RDS has no Supabase's extensions and roles")],
  ["redis-stack", stateful("ElastiCache has no modules of Redis Stack")],
  ["redis-stack-server", stateful("ElastiCache has no modules of Redis Stack")],
  ["mssql/server", stateful("RDS for SQL Server exists")],
  ["azure-sql-edge", stateful("RDS for SQL Server exists")],
  ["neo4j", stateful("Amazon Neptune exists")],
  ["cassandra", stateful("Amazon Keyspaces exists")],
  ["scylla", stateful("Amazon Keyspaces exists")],
  ["influxdb", stateful("Amazon Timestream exists")],
  ...["clickhouse", "clickhouse-server", "cockroach", "couchdb", "etcd", "meilisearch", "nats", "qdrant"].map(
    (name): [string, KnownImage] => [name, stateful("AWS manages nothing of the kind")],
  ),
  ...["typesense", "weaviate", "zookeeper", "cp-zookeeper"].map((name): [string, KnownImage] => [
    name,
    stateful("AWS manages nothing of the kind"),
  ]),
]);

/** What gathers and shows how the others are: no part of an application stands behind it. */
const watchers: readonly string[] = [
  "alertmanager",
  "blackbox-exporter",
  "elasticsearch-exporter",
  "eureka",
  "fluentd",
  "fluent-bit",
  "grafana",
  "grafana-oss",
  "grafana-enterprise",
  "influxdb",
  "jaeger",
  "kibana",
  "logstash",
  "loki",
  "opensearch-dashboards",
  "opentelemetry-collector",
  "opentelemetry-collector-contrib",
  "otel-collector",
  "postgres-exporter",
  "prometheus",
  "pushgateway",
  "redis-exporter",
  "seq",
  "tempo",
  "victoria-metrics",
  "zipkin",
];

/** By its image, or by the name of a service that is built. */
export function isWatcher(reference: string): boolean {
  const { owner, name } = parseImage(reference);
  return watchers.includes(name) || owner === "jaegertracing";
}

const standIns: readonly string[] = ["localstack", "localstack-pro", "moto", "motoserver"];

/** What answers at home where AWS would, for one of its services or for many. */
export function isStandInForAws(reference: string): boolean {
  const found = knownImage(reference);
  const isOne = found?.kind === "managed" && ["bucket", "queue", "table"].includes(found.type);
  return isOne || standIns.includes(parseImage(reference).name);
}

/** `mcr.microsoft.com/mssql/server` is known by its last two words, most by the last alone. */
export function knownImage(reference: string): KnownImage | undefined {
  const { owner, name } = parseImage(reference);
  return known.get(`${owner}/${name}`) ?? known.get(name);
}
