/**
 * Cases that need a part of the language which is not built yet, by what it is. Their `expected.json` says what each service
 * will become; the test fails as soon as one of them does, so that it is taken off this list and its resolution written down
 * in full (`npm run corpus -- <name>`, and read it).
 */
export const waiting: Readonly<Record<string, string>> = {
  caddy: "private services and volumes",
  clickhouse: "volumes and calls by name",
  "dotnet-mssql": "private services and calls by name",
  elasticsearch: "private services, volumes and calls by name",
  "express-mongo": "volumes and calls by name",
  kafka: "private services and calls by name",
  meilisearch: "private services, volumes and calls by name",
  nats: "private services and calls by name",
  "nginx-proxy": "private services",
  opensearch: "private services and calls by name",
  rabbitmq: "private services and calls by name",
  timescale: "volumes and calls by name",
  wordpress: "volumes",
};
