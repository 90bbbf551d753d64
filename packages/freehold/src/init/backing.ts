import { type Entry, entry, inline, mapping } from "./document.ts";
import type { Part } from "./part.ts";
import type { Finding } from "./proposal.ts";

interface Backing {
  readonly services: readonly Entry[];
  readonly volumes: readonly Entry[];
}

/** The database and the cache that the parts need, as containers at home. */
export function backing(parts: readonly Part[]): Backing {
  const database = databaseOf(parts);
  const cache = parts.some(({ needs }) => needs.cache === true);
  return {
    services: [
      ...(database === undefined
        ? []
        : [entry("db", databases[database], "On AWS a managed database (RDS).")]),
      ...(cache
        ? [entry("cache", inline(entry("image", "valkey/valkey:8")), "On AWS a managed cache (ElastiCache).")]
        : []),
    ],
    volumes: database === undefined ? [] : [entry("db", inline())],
  };
}

export function backingFindings(parts: readonly Part[]): readonly Finding[] {
  const database = databaseOf(parts);
  const wanting = (need: "database" | "cache") =>
    parts
      .filter(({ needs }) => needs[need] !== undefined)
      .map(({ kind, folder }) => (folder === "." ? kind : folder))
      .join(", ");
  return [
    ...(database === undefined
      ? []
      : [{ subject: "db", message: `${titles[database]}, for the libraries of ${wanting("database")}` }]),
    ...(wanting("cache") === ""
      ? []
      : [{ subject: "cache", message: `Valkey (as Redis), for the libraries of ${wanting("cache")}` }]),
  ];
}

type Engine = NonNullable<Part["needs"]["database"]>;

const titles: Readonly<Record<Engine, string>> = { postgres: "PostgreSQL 17", mysql: "MySQL 8.4" };

const databases: Readonly<Record<Engine, ReturnType<typeof mapping>>> = {
  postgres: mapping(
    entry("image", "postgres:17"),
    entry(
      "environment",
      inline(entry("POSTGRES_USER", "app"), entry("POSTGRES_PASSWORD", "app"), entry("POSTGRES_DB", "app")),
    ),
    entry("volumes", ["db:/var/lib/postgresql/data"]),
    entry(
      "healthcheck",
      inline(
        entry("test", ["CMD-SHELL", "pg_isready -U app"]),
        entry("interval", "2s"),
        entry("retries", 30),
      ),
    ),
  ),
  mysql: mapping(
    entry("image", "mysql:8.4"),
    entry(
      "environment",
      inline(
        entry("MYSQL_USER", "app"),
        entry("MYSQL_PASSWORD", "app"),
        entry("MYSQL_DATABASE", "app"),
        entry("MYSQL_RANDOM_ROOT_PASSWORD", "yes"),
      ),
    ),
    entry("volumes", ["db:/var/lib/mysql"]),
    entry(
      "healthcheck",
      inline(
        entry("test", ["CMD-SHELL", "mysqladmin ping -uapp -papp"]),
        entry("interval", "2s"),
        entry("retries", 60),
      ),
    ),
  ),
};

/** One database serves all: PostgreSQL where any part wants it. */
function databaseOf(parts: readonly Part[]): Engine | undefined {
  const wanted = parts.flatMap(({ needs }) => needs.database ?? []);
  return wanted.find((engine) => engine === "postgres") ?? wanted[0];
}
