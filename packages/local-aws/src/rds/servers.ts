import type { EngineName } from "./engines.ts";
import { mysqlServer } from "./mysql/server.ts";
import { postgresServer } from "./postgres/server.ts";
import type { ServerKind } from "./server-kind.ts";

const kinds: Readonly<Record<EngineName, ServerKind>> = {
  postgres: postgresServer,
  mysql: mysqlServer("mysql"),
  mariadb: mysqlServer("mariadb"),
};

export function serverKind(engine: EngineName): ServerKind {
  return kinds[engine];
}
