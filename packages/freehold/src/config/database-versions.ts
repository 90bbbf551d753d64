import type { DatabaseEngine } from "../app/application.ts";
import { engineFacts } from "../app/database-engine.ts";

/** A major version that RDS makes. */
interface Version {
  readonly name: string;
  /** Last day of RDS's standard support: `2027-02-28`. */
  readonly until: string;
}

/** Major versions of one engine on RDS. */
interface Offer {
  /** Oldest first. */
  readonly versions: readonly Version[];
  /** Where nobody asks for one. */
  readonly usual: string;
  /** How many numbers make a major version: `17`, `8.4`. */
  readonly numbers: 1 | 2;
  /** What the engine's images mean by fewer numbers: `mariadb:10` is 10.11. */
  readonly short: Readonly<Record<string, string>>;
}

/**
 * As AWS told it in November 2026. Versions and their last days:
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html and …/MariaDB.Concepts.VersionMgmt.html
 * (MariaDB 10.6 leaves RDS on 2026-12-31). What follows: …/UserGuide/extended-support.html.
 */
const offers: Readonly<Record<DatabaseEngine, Offer>> = {
  postgres: {
    versions: [
      { name: "13", until: "2026-02-28" },
      { name: "14", until: "2027-02-28" },
      { name: "15", until: "2028-02-29" },
      { name: "16", until: "2029-02-28" },
      { name: "17", until: "2030-02-28" },
      { name: "18", until: "2031-02-28" },
    ],
    usual: "17",
    numbers: 1,
    short: {},
  },
  mysql: {
    versions: [
      { name: "8.0", until: "2026-07-31" },
      { name: "8.4", until: "2029-07-31" },
    ],
    usual: "8.4",
    numbers: 2,
    short: { "8": "8.4" },
  },
  mariadb: {
    versions: [
      { name: "10.11", until: "2028-02-29" },
      { name: "11.4", until: "2029-05-31" },
      { name: "11.8", until: "2028-06-30" },
    ],
    usual: "11.8",
    numbers: 2,
    short: { "10": "10.11", "11": "11.8" },
  },
};

/** A year after the tables were last compared with AWS's: what ends before is worth a word now. */
const soon = "2027-11-30";

export function defaultVersion(engine: DatabaseEngine): string {
  return offers[engine].usual;
}

/** The major version that a written one means: `17` of `17.4`, `8.4` of `8` or `8.4.3`. */
export function majorVersion(engine: DatabaseEngine, written: string): string {
  const { numbers, short } = offers[engine];
  const major = written.split(".").slice(0, numbers).join(".");
  return short[major] ?? major;
}

/** Says what is wrong with a major version, or nothing. */
export function versionProblem(engine: DatabaseEngine, version: string): string | undefined {
  const names = namesOf(engine);
  if (names.includes(version)) return undefined;
  const isPast = compare(version, names[0] ?? "") < 0;
  const reason = isPast ? "is past the end of RDS support" : "is not a version RDS is asked for here";
  return `${reason}; use ${spoken(engine)}`;
}

/** What is to be said of a version that can be had: RDS charges for one that has left standard support (MariaDB's it upgrades). */
export function versionNote(engine: DatabaseEngine, version: string): string | undefined {
  const { versions, usual } = offers[engine];
  const until = versions.find(({ name }) => name === version)?.until;
  if (until === undefined || until > soon) return undefined;
  const { label } = engineFacts[engine];
  const other = versions.find(({ name }) => name === usual)?.until;
  return `standard support of ${label} ${version} ends on ${until}, and from then on RDS charges Extended Support by the hour; that of ${usual} ends on ${other}`;
}

function namesOf(engine: DatabaseEngine): readonly string[] {
  return offers[engine].versions.map(({ name }) => name);
}

function spoken(engine: DatabaseEngine): string {
  const names = namesOf(engine);
  if (offers[engine].numbers === 1) return `${names[0]} to ${names.at(-1)}`;
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** Number by number: 10.2 comes before 10.11. */
function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number));
  const differences = (left ?? []).map((number, at) => number - (right?.[at] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
