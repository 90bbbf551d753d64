import type { Parameter } from "@aws-sdk/client-rds";
import { invalidValue } from "../database-services/errors.ts";
import { forcesTlsByDefault } from "./engine.ts";
// Made from pg_settings of PostgreSQL 17, without what RDS keeps to itself, and with RDS's own.
import table from "./parameters.json" with { type: "json" };
import type { ParameterGroup, ParameterValue } from "./state.ts";

interface Known {
  readonly name: string;
  readonly applyType: string;
  readonly dataType: string;
}

const known: ReadonlyMap<string, Known> = new Map(
  table.map(([name = "", applyType = "", dataType = ""]) => [name, { name, applyType, dataType }]),
);

/** @throws ServiceError as RDS answers for a name it does not know, and for a static parameter to be set at once. */
export function requireParameter(name: string, { applyMethod }: ParameterValue): void {
  const parameter = known.get(name);
  if (parameter === undefined) throw invalidValue(`Could not find parameter with name: ${name}`);
  if (parameter.applyType === "static" && applyMethod === "immediate") {
    throw invalidValue("cannot use immediate apply method for static parameter");
  }
}

/** All parameters of a group, or those of one source. */
export function describeParameters(group: ParameterGroup, source: string | undefined): readonly Parameter[] {
  const all = [...known.values()].map((parameter) => describeParameter(group, parameter));
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
  return name === "rds.force_ssl" ? (forcesTlsByDefault(family) ? "1" : "0") : undefined;
}

export function forcesTls(group: ParameterGroup): boolean {
  return (group.values["rds.force_ssl"]?.value ?? defaultValue(group.family, "rds.force_ssl")) === "1";
}
