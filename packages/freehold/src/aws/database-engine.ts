import type { Database, DatabaseEngine } from "../app/application.ts";

/** What RDS wants said differently of each engine. */
interface RdsEngine {
  /** The parameter that refuses connections without TLS. */
  readonly tlsParameter: string;
  /** Instance classes without Database Insights. */
  readonly withoutInsights: RegExp;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html, …/USER_DatabaseInsights.Engines.html */
const mysql: RdsEngine = {
  tlsParameter: "require_secure_transport",
  withoutInsights: /^db\.t\w+\.(?:micro|small)$/,
};

const engines: Readonly<Record<DatabaseEngine, RdsEngine>> = {
  postgres: { tlsParameter: "rds.force_ssl", withoutInsights: /^$/ },
  mysql,
  mariadb: mysql,
};

/** Said in either case: what RDS takes where nothing is said changes with the version. */
export function tlsParameter({ engine, forcesTls }: Database) {
  return { name: engines[engine].tlsParameter, value: forcesTls ? "1" : "0" };
}

/** Database Insights with what is free of it, where engine and class have it. */
export function insights({ engine, size }: Database) {
  return engines[engine].withoutInsights.test(size)
    ? {}
    : { performance_insights_enabled: true, performance_insights_retention_period: 7 };
}
