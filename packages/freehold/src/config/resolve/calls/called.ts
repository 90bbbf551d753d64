import { type VariableValue, variablesSchema } from "../../variables.ts";
import { type Path, partAt, type Section, sectionAt, toValue } from "../../yaml/tree.ts";
import { callsOf } from "../bindings/bind-call.ts";
import { portsOfHost } from "./hosts-in-text.ts";
import { otherNames, withOwnNames } from "./other-names.ts";
import { type EnvironmentFiles, toldAtHome } from "./told-at-home.ts";

/** What a service tells itself of others, and where. */
export interface CallSources {
  readonly services: Section;
  /** The environment's own settings of services. */
  readonly overrides: Section | undefined;
  /** `x-freehold.variables` of the application, the collection and the environment. */
  readonly around: readonly Readonly<Record<string, VariableValue>>[];
  readonly environmentFiles: EnvironmentFiles;
  readonly textsOf: TextsOf;
}

/**
 * Ports at which services are called by the others' variables and files, by service. At home every container reaches every port of another,
 * so a file need not declare them: calling is all there is to see.
 */
export function calledPorts(sources: CallSources): ReadonlyMap<string, readonly number[]> {
  const { services } = sources;
  const called = new Map<string, Set<number>>();
  const names = otherNames(services);
  for (const [owner, { value: service }] of services.entries) {
    const inVariables = variablesOf(owner, sources).flatMap(([name, written]) =>
      callsOf({ name, value: withOwnNames(written, names.get(owner)), owner }),
    );
    const others = [...services.entries.keys()].filter((name) => name !== owner);
    const texts = service.kind === "section" ? sources.textsOf(service) : [];
    const inFiles = texts.flatMap((text) => callsInText(text, others));
    for (const { host, port } of [...inVariables, ...inFiles])
      if (services.entries.has(host)) called.set(host, (called.get(host) ?? new Set()).add(port));
  }
  return new Map([...called].map(([name, ports]) => [name, [...ports]]));
}

/** What stands in the files that a service carries. */
export type TextsOf = (service: Section) => readonly string[];

/** Only with a port: a scheme's own is a guess, where an `upstream` may have the name of a service. */
function callsInText(text: string, hosts: readonly string[]) {
  return hosts.flatMap((host) =>
    portsOfHost(text, host).flatMap((port) => (port === undefined ? [] : [{ host, port }])),
  );
}

/** Of a service; the nearest wins. */
function variablesOf(name: string, sources: CallSources): readonly (readonly [string, string])[] {
  const service = sectionAt(sources.services, [name]);
  const all: Readonly<Record<string, unknown>> = Object.assign(
    {},
    ...sources.around,
    toldAtHome(service, sources.environmentFiles),
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
