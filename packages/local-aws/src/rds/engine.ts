import { invalidCombination, invalidValue } from "../database-services/errors.ts";

/** The latest minor version known here, per major; a running instance answers with the version of its server. */
const latestMinor: Readonly<Record<string, string>> = {
  "13": "13.23",
  "14": "14.20",
  "15": "15.15",
  "16": "16.11",
  "17": "17.7",
};

export const majors = Object.keys(latestMinor);

/** @throws ServiceError for an engine that is not run here. */
export function requireEngine(engine: string | undefined): void {
  if (engine === "postgres") return;
  throw invalidValue(`Invalid DB engine: ${engine}. Engines that are run here: postgres`);
}

/** Major version of `17`, `17.4` or nothing at all (then the newest; Terraform's provider says it as an empty text). @throws ServiceError for one past support. */
export function majorOf(version: string | undefined): string {
  const major =
    version === undefined || version === ""
      ? (majors.at(-1) ?? "")
      : (/^(\d+)(\.\d+)?$/.exec(version)?.[1] ?? "");
  if (latestMinor[major] !== undefined) return major;
  throw invalidCombination(`Cannot find version ${version} for postgres`);
}

/** The full version of a request: as given, or the latest of its major. */
export function fullVersion(version: string | undefined): string {
  const major = majorOf(version);
  return version?.includes(".") === true ? version : (latestMinor[major] ?? major);
}

export function familyOf(major: string): string {
  return `postgres${major}`;
}

/** Since PostgreSQL 15 TLS is forced by default: the default of rds.force_ssl in `default.postgres15` and later. */
export function forcesTlsByDefault(family: string): boolean {
  return Number(family.replace("postgres", "")) >= 15;
}
