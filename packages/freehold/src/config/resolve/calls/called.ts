import { type VariableValue, variablesSchema } from "../../variables.ts";
import { type Path, partAt, type Section, sectionAt, toValue } from "../../yaml/tree.ts";
import { callsOf } from "../bindings/bind-call.ts";
import type { VariableLevel } from "../variables.ts";
import { portsOfHost } from "./hosts-in-text.ts";
import { otherNames, withOwnNames } from "./other-names.ts";
import { type EnvironmentFiles, toldAtHome } from "./told-at-home.ts";

/** What a service tells itself of others, and where. */
export interface CallSources {
  readonly services: Section;
  /** The environment's own settings of services. */
  readonly overrides: Section | undefined;
  /** `x-freehold.variables` of the application, the collection and the environment. */
  readonly around: readonly Pick<VariableLevel, "values">[];
  readonly environmentFiles: EnvironmentFiles;
  readonly textsOf: TextsOf;
}

/** One service of the file calls another. */
export interface SeenCall {
  readonly caller: string;
  readonly host: string;
  readonly port: number;
}

/**
 * Calls that the services' variables and files tell of. At home every container reaches every port of another, so a file need not
 * declare them: calling is all there is to see.
 */
export function seenCalls(sources: CallSources): readonly SeenCall[] {
  const { services } = sources;
  const names = otherNames(services);
  return [...services.entries].flatMap(([caller, { value: service }]) => {
    const inVariables = variablesOf(caller, sources).flatMap(([name, written]) =>
      callsOf({ name, value: withOwnNames(written, names.get(caller)), owner: caller }),
    );
    const others = [...services.entries.keys()].filter((name) => name !== caller);
    const texts = service.kind === "section" ? sources.textsOf(service) : [];
    const inFiles = texts.flatMap((text) => callsInText(text, others));
    return [...inVariables, ...inFiles]
      .filter(({ host }) => services.entries.has(host))
      .map(({ host, port }) => ({ caller, host, port }));
  });
}

/** Ports at which services are called, by service. */
export function calledPorts(calls: readonly SeenCall[]): ReadonlyMap<string, readonly number[]> {
  const called = Map.groupBy(calls, ({ host }) => host);
  return new Map([...called].map(([host, all]) => [host, [...new Set(all.map(({ port }) => port))]]));
}

/** What stands in the files that a service carries. */
export type TextsOf = (service: Section) => readonly string[];

/** Only with a port: a scheme's own is a guess, where an `upstream` may have the name of a service. */
function callsInText(text: string, hosts: readonly string[]) {
  return hosts.flatMap((host) =>
    portsOfHost(text, host).flatMap((port) => (port === undefined ? [] : [{ host, port }])),
  );
}

/** Of a service, in the order of `collectVariables`. */
function variablesOf(name: string, sources: CallSources): readonly (readonly [string, string])[] {
  const service = sectionAt(sources.services, [name]);
  const all: Readonly<Record<string, unknown>> = Object.assign(
    {},
    toldAtHome(service, sources.environmentFiles),
    ...sources.around.map(({ values }) => values),
    variablesAt(service, ["x-freehold", "variables"]),
    variablesAt(sources.overrides, ["services", name, "variables"]),
  );
  return Object.entries(all).flatMap(([key, value]) =>
    typeof value === "string" ? [[key, value] as const] : [],
  );
}

function variablesAt(tree: Section | undefined, path: Path): Readonly<Record<string, VariableValue>> {
  const part = partAt(tree, path);
  return part === undefined ? {} : (variablesSchema.safeParse(toValue(part)).data ?? {});
}
