import type { Database, DatabaseEngine } from "../app/application.ts";

/** What RDS wants said differently of each engine. */
interface RdsEngine {
  /** The parameter that refuses connections without TLS. */
  readonly tlsParameter: string;
  /** What is written to CloudWatch Logs, and what it takes to have it written to files, from which RDS exports it. */
  readonly logs: readonly string[];
  readonly logParameters: readonly { readonly name: string; readonly value: string }[];
  /** Instance classes without Database Insights. */
  readonly withoutInsights: RegExp;
}

/** …/USER_LogAccess.MySQLDB.PublishtoCloudWatchLogs.html, https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html, …/USER_DatabaseInsights.Engines.html */
const mysql: RdsEngine = {
  tlsParameter: "require_secure_transport",
  logs: ["error", "slowquery"],
  logParameters: [
    { name: "log_output", value: "FILE" },
    { name: "slow_query_log", value: "1" },
  ],
  withoutInsights: /^db\.t\w+\.(?:micro|small)$/,
};

const engines: Readonly<Record<DatabaseEngine, RdsEngine>> = {
  postgres: {
    tlsParameter: "rds.force_ssl",
    logs: ["postgresql", "upgrade"],
    logParameters: [],
    withoutInsights: /^$/,
  },
  mysql,
  mariadb: mysql,
};

/** Said in either case: what RDS takes where nothing is said changes with the version. */
export function tlsParameter({ engine, forcesTls }: Database) {
  return { name: engines[engine].tlsParameter, value: forcesTls ? "1" : "0" };
}

/** What is set besides. */
export function logParameters({ engine }: Database) {
  return engines[engine].logParameters;
}

/** Logs that RDS writes to CloudWatch, e.g. `postgresql`. Nothing that holds every statement is among them. */
export function exportedLogs({ engine }: Database): readonly string[] {
  return engines[engine].logs;
}

/** Database Insights with what is free of it, where engine and class have it. */
export function insights({ engine, size }: Database) {
  return engines[engine].withoutInsights.test(size)
    ? {}
    : { performance_insights_enabled: true, performance_insights_retention_period: 7 };
}
