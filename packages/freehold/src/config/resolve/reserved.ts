import type { DatabaseEngine } from "../../app/application.ts";

/** RDS keeps some names of roles and databases for itself (and we `freehold`, the master user). */
const mysqlOwn =
  /^(?:rds.*|freehold|mysql|sys|innodb|information_schema|performance_schema|(?:mysql|mariadb)\..*)$/i;
const reserved: Readonly<Record<DatabaseEngine, RegExp>> = {
  postgres: /^(?:pg_|rds|freehold$|template[01]$)/,
  mysql: mysqlOwn,
  mariadb: mysqlOwn,
};

/** Letters at most: https://dev.mysql.com/doc/refman/8.4/en/identifier-length.html, …/user-names.html. */
const longest: Readonly<Record<DatabaseEngine, { readonly role: number; readonly database: number }>> = {
  postgres: { role: 63, database: 63 },
  mysql: { role: 32, database: 64 },
  mariadb: { role: 80, database: 64 },
};

/** Why a role or a database cannot be called so, or nothing. */
export function nameProblem(
  engine: DatabaseEngine,
  kind: "role" | "database",
  name: string,
): string | undefined {
  if (reserved[engine].test(name)) return `RDS keeps the name \`${name}\` for itself; choose another`;
  const most = longest[engine][kind];
  return name.length > most ? `the name \`${name}\` is too long; ${most} letters at most` : undefined;
}
