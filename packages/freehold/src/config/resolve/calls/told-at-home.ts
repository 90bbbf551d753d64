import { envFileSchema } from "../../compose/env-file.ts";
import { assignments } from "../../fields.ts";
import { partAt, type Section, toValue } from "../../yaml/tree.ts";

/** Parsed env files by path. */
export type EnvironmentFiles = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What a service's container is told at home: the env files it names, and `environment` above them. */
export function toldAtHome(
  service: Section | undefined,
  files: EnvironmentFiles,
): Readonly<Record<string, string | null>> {
  const environment = partAt(service, ["environment"]);
  const written = environment === undefined ? undefined : assignments.safeParse(toValue(environment)).data;
  const named = partAt(service, ["env_file"]);
  const paths = named === undefined ? undefined : envFileSchema.safeParse(toValue(named)).data;
  const told = (paths ?? []).flatMap(({ path }) => [...(files.get(path) ?? [])]);
  return { ...Object.fromEntries(told), ...written };
}
