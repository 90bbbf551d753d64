/**
 * Cases that need a part of the language which is not built yet, by what it is. Their `expected.json` says what each service
 * will become; the test fails as soon as one of them does, so that it is taken off this list and its resolution written down
 * in full (`npm run corpus -- <name>`, and read it).
 */
export const waiting: Readonly<Record<string, string>> = {
  caddy: "private services and volumes",
  clickhouse: "volumes and calls by name",
  configs: "configs mounted as files",
  "dotnet-mssql": "private services and calls by name",
  elasticsearch: "private services, volumes and calls by name",
  "express-mongo": "volumes and calls by name",
  kafka: "private services and calls by name",
  "loopback-ports": "private services",
  meilisearch: "private services, volumes and calls by name",
  nats: "private services and calls by name",
  "nginx-proxy": "private services",
  "one-off": "jobs",
  opensearch: "private services and calls by name",
  rabbitmq: "private services and calls by name",
  "secrets-as-files": "secrets mounted as files",
  timescale: "volumes and calls by name",
  uploads: "volumes",
  wordpress: "volumes",
};
