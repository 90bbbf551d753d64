import type { Parameter } from "@aws-sdk/client-rds";
import { invalidValue } from "../database-services/errors.ts";
import { type EngineName, engineOfFamily } from "./engines.ts";
// Made from information_schema.system_variables of MariaDB 10.11 and 11.8, without what RDS keeps to itself.
import mariadb from "./mysql/mariadb-parameters.json" with { type: "json" };
// Of MySQL, what it shares with MariaDB, and the settings of its own that are most often set.
import mysql from "./mysql/mysql-parameters.json" with { type: "json" };
// Made from pg_settings of PostgreSQL 17, without what RDS keeps to itself, and with RDS's own.
import postgres from "./postgres/parameters.json" with { type: "json" };
import type { ParameterGroup, ParameterValue } from "./state.ts";

interface Known {
  readonly name: string;
  readonly applyType: string;
  readonly dataType: string;
}

type Table = ReadonlyMap<string, Known>;

const known: Readonly<Record<EngineName, Table>> = {
  postgres: tableOf(postgres),
  mysql: tableOf(mysql),
  mariadb: tableOf(mariadb),
};

function tableOf(rows: readonly (readonly string[])[]): Table {
  return new Map(
    rows.map(([name = "", applyType = "", dataType = ""]) => [name, { name, applyType, dataType }]),
  );
}

function knownTo({ family }: ParameterGroup): Table {
  return known[engineOfFamily(family).name];
}

/** @throws ServiceError as RDS answers for a name it does not know, and for a static parameter to be set at once. */
export function requireParameter(group: ParameterGroup, name: string, { applyMethod }: ParameterValue): void {
  const parameter = knownTo(group).get(name);
  if (parameter === undefined) throw invalidValue(`Could not find parameter with name: ${name}`);
  if (parameter.applyType === "static" && applyMethod === "immediate") {
    throw invalidValue("cannot use immediate apply method for static parameter");
  }
}

/** All parameters of a group, or those of one source. */
export function describeParameters(group: ParameterGroup, source: string | undefined): readonly Parameter[] {
  const all = [...knownTo(group).values()].map((parameter) => describeParameter(group, parameter));
  return source === undefined ? all : all.filter((parameter) => parameter.Source === source);
}

function describeParameter(group: ParameterGroup, { name, applyType, dataType }: Known): Parameter {
  const set = group.values[name];
  const fallback = defaultValue(group.family, name);
  return {
    ParameterName: name,
    ParameterValue: set?.value ?? fallback,
    Source: set === undefined ? (fallback === undefined ? "engine-default" : "system") : "user",
    ApplyType: applyType,
    DataType: dataType,
    IsModifiable: true,
    ApplyMethod: set?.applyMethod ?? "pending-reboot",
  };
}

function defaultValue(family: string, name: string): string | undefined {
  const { tls } = engineOfFamily(family);
  return name === tls.parameter ? (tls.byDefault.includes(family) ? "1" : "0") : undefined;
}

export function forcesTls(group: ParameterGroup): boolean {
  const { parameter } = engineOfFamily(group.family).tls;
  const value = group.values[parameter]?.value ?? defaultValue(group.family, parameter);
  return value === "1" || value?.toUpperCase() === "ON";
}
