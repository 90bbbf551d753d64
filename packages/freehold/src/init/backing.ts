import { defaultVersion, majorVersion, versionProblem } from "../config/database-versions.ts";
import { type Entry, entry, inline, type Mapping, mapping } from "./document.ts";
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
        : [
            entry(
              "db",
              databaseService(database, versionOf(parts, database)),
              "On AWS a managed database (RDS).",
            ),
          ]),
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
      : [
          {
            subject: "db",
            message: `${titles[database]} ${versionOf(parts, database)}, for ${wanting("database")}`,
          },
        ]),
    ...(wanting("cache") === ""
      ? []
      : [{ subject: "cache", message: `Valkey (as Redis), for ${wanting("cache")}` }]),
  ];
}

type Engine = NonNullable<Part["needs"]["database"]>;

const titles: Readonly<Record<Engine, string>> = { postgres: "PostgreSQL", mysql: "MySQL" };

/** The version that is asked for, as far as RDS has it. */
function versionOf(parts: readonly Part[], engine: Engine): string {
  const asked = parts.flatMap(({ needs }) =>
    needs.database === engine ? (needs.databaseVersion ?? []) : [],
  )[0];
  const version = majorVersion(engine, asked ?? defaultVersion(engine));
  return versionProblem(engine, version) === undefined ? version : defaultVersion(engine);
}

function databaseService(engine: Engine, version: string): Mapping {
  return mapping(entry("image", `${engine}:${version}`), ...databases[engine].entries);
}

const databases: Readonly<Record<Engine, Mapping>> = {
  postgres: mapping(
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
