import type { DatabaseEngine } from "../app/application.ts";
import { engineFacts } from "../app/database-engine.ts";

/** Major versions of one engine on RDS. */
interface Offer {
  /** Oldest first; the last is the default. */
  readonly versions: readonly string[];
  /** How many numbers make a major version: `17`, `8.4`. */
  readonly numbers: 1 | 2;
  /** What the engine's images mean by fewer numbers: `mariadb:10` is 10.11. */
  readonly short: Readonly<Record<string, string>>;
  /** Past standard support: RDS charges for Extended Support. */
  readonly extended: readonly string[];
}

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html and
 * …/MariaDB.Concepts.VersionMgmt.html, …/PostgreSQLReleaseNotes/postgresql-release-calendar.html: PostgreSQL 13 left standard support
 * in February 2026, MySQL 8.0 left standard support in July 2026, MariaDB 10.6 was dropped in August.
 */
const offers: Readonly<Record<DatabaseEngine, Offer>> = {
  postgres: {
    versions: ["13", "14", "15", "16", "17"],
    numbers: 1,
    short: {},
    extended: ["13"],
  },
  mysql: {
    versions: ["8.0", "8.4"],
    numbers: 2,
    short: { "8": "8.4" },
    extended: ["8.0"],
  },
  mariadb: {
    versions: ["10.11", "11.4", "11.8"],
    numbers: 2,
    short: { "10": "10.11", "11": "11.8" },
    extended: [],
  },
};

export function defaultVersion(engine: DatabaseEngine): string {
  return offers[engine].versions.at(-1) ?? "";
}

/** The major version that a written one means: `17` of `17.4`, `8.4` of `8` or `8.4.3`. */
export function majorVersion(engine: DatabaseEngine, written: string): string {
  const { numbers, short } = offers[engine];
  const major = written.split(".").slice(0, numbers).join(".");
  return short[major] ?? major;
}

/** Says what is wrong with a major version, or nothing. */
export function versionProblem(engine: DatabaseEngine, version: string): string | undefined {
  const { versions } = offers[engine];
  if (versions.includes(version)) return undefined;
  const isPast = compare(version, versions[0] ?? "") < 0;
  const reason = isPast ? "is past the end of RDS support" : "is not a version RDS is asked for here";
  return `${reason}; use ${spoken(engine)}`;
}

/** What is to be said of a version that can be had. */
export function versionNote(engine: DatabaseEngine, version: string): string | undefined {
  if (!offers[engine].extended.includes(version)) return undefined;
  const { label } = engineFacts[engine];
  return `${label} ${version} is past standard support: RDS charges Extended Support by the hour; ${defaultVersion(engine)} costs none`;
}

function spoken(engine: DatabaseEngine): string {
  const { versions, numbers } = offers[engine];
  if (numbers === 1) return `${versions[0]} to ${versions.at(-1)}`;
  return `${versions.slice(0, -1).join(", ")} or ${versions.at(-1)}`;
}

/** Number by number: 10.2 comes before 10.11. */
function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number));
  const differences = (left ?? []).map((number, at) => number - (right?.[at] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
