import { invalidCombination, invalidValue } from "../database-services/errors.ts";

/** What RDS says of an engine, apart from how its server runs. */
export interface Engine {
  readonly name: EngineName;
  /** As its makers write it. */
  readonly label: string;
  readonly port: number;
  /** The latest minor version known here, per major; a running instance answers with the version of its server. */
  readonly latestMinor: Readonly<Record<string, string>>;
  /** The major version of an instance that asks for none. */
  readonly usualMajor: string;
  /** Longest master password. */
  readonly longestPassword: number;
  readonly licence: string;
  readonly logTypes: readonly string[];
  /** The parameter that refuses connections without TLS, and the families that have it on by default. */
  readonly tls: { readonly parameter: string; readonly byDefault: readonly string[] };
}

export type EngineName = "postgres" | "mysql" | "mariadb";

const mysqlTls = "require_secure_transport";

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html, …/MySQL.Concepts.VersionMgmt.html,
 * …/mariadb-ssl-connections.require-ssl.html
 */
const engines: Readonly<Record<EngineName, Engine>> = {
  postgres: {
    name: "postgres",
    label: "PostgreSQL",
    port: 5432,
    latestMinor: { "13": "13.23", "14": "14.20", "15": "15.15", "16": "16.11", "17": "17.7", "18": "18.4" },
    usualMajor: "17",
    longestPassword: 128,
    licence: "postgresql-license",
    logTypes: ["postgresql", "upgrade"],
    tls: { parameter: "rds.force_ssl", byDefault: ["postgres15", "postgres16", "postgres17", "postgres18"] },
  },
  mysql: {
    name: "mysql",
    label: "MySQL",
    port: 3306,
    latestMinor: { "8.0": "8.0.45", "8.4": "8.4.8" },
    usualMajor: "8.4",
    longestPassword: 41,
    licence: "general-public-license",
    logTypes: ["audit", "error", "general", "slowquery"],
    tls: { parameter: mysqlTls, byDefault: [] },
  },
  mariadb: {
    name: "mariadb",
    label: "MariaDB",
    port: 3306,
    latestMinor: { "10.6": "10.6.25", "10.11": "10.11.16", "11.4": "11.4.10", "11.8": "11.8.6" },
    usualMajor: "11.8",
    longestPassword: 41,
    licence: "general-public-license",
    logTypes: ["audit", "error", "general", "slowquery"],
    tls: { parameter: mysqlTls, byDefault: ["mariadb11.8"] },
  },
};

export const allEngines: readonly Engine[] = Object.values(engines);

/** @throws ServiceError for an engine that is not run here. */
export function engineNamed(name: string | undefined): Engine {
  const engine = allEngines.find((one) => one.name === name);
  if (engine !== undefined) return engine;
  const run = allEngines.map((one) => one.name).join(", ");
  throw invalidValue(`Invalid DB engine: ${name}. Engines that are run here: ${run}`);
}

export function majorsOf({ latestMinor }: Engine): readonly string[] {
  return Object.keys(latestMinor);
}

/**
 * Major version of `17`, `17.4`, `8.4.3` or nothing at all (then the usual; Terraform's provider says it as an empty text).
 * @throws ServiceError for one that RDS does not have.
 */
export function majorOf(engine: Engine, version: string | undefined): string {
  if (version === undefined || version === "") return engine.usualMajor;
  const major = majorsOf(engine).find((one) => version === one || isMinor(version, one));
  if (major !== undefined) return major;
  throw invalidCombination(`Cannot find version ${version} for ${engine.name}`);
}

function isMinor(version: string, major: string): boolean {
  return version.startsWith(`${major}.`) && /^\d+$/.test(version.slice(major.length + 1));
}

/** Whether a request names its version down to the last number. */
export function namesMinor(engine: Engine, version: string | undefined): version is string {
  return version !== undefined && version !== "" && version !== majorOf(engine, version);
}

/** The full version of a request: as given, or the latest of its major. */
export function fullVersion(engine: Engine, version: string | undefined): string {
  const major = majorOf(engine, version);
  return namesMinor(engine, version) ? version : (engine.latestMinor[major] ?? major);
}

export function familyOf({ name }: Engine, major: string): string {
  return `${name}${major}`;
}

export const families = allEngines.flatMap((engine) =>
  majorsOf(engine).map((major) => familyOf(engine, major)),
);

/** The engine of a family such as `mariadb10.11`. @throws ServiceError for no engine's */
export function engineOfFamily(family: string): Engine {
  return engineNamed(family.replace(/(?<![\d.])[\d.]+$/, ""));
}

/** Of an engine's major version; MySQL's write it with hyphens. */
export function defaultOptionGroup({ name }: Engine, major: string): string {
  return `default:${name}-${major.replaceAll(".", "-")}`;
}
