import { assignments } from "../fields.ts";
import { partAt, type Section, toValue } from "../yaml/tree.ts";
import { callsOf } from "./bind-call.ts";
import { portsOfHost } from "./hosts-in-text.ts";

/**
 * Ports at which services are called by the others' variables and files, by service. At home every container reaches every port of another,
 * so a file need not declare them: calling is all there is to see.
 */
export function calledPorts(services: Section, textsOf: TextsOf): ReadonlyMap<string, readonly number[]> {
  const called = new Map<string, Set<number>>();
  const names = [...services.entries.keys()];
  for (const [owner, { value: service }] of services.entries) {
    if (service.kind !== "section") continue;
    const others = names.filter((name) => name !== owner);
    const inVariables = variablesIn(service).flatMap(([name, value]) =>
      callsOf({ name, value, owner }, others),
    );
    const inFiles = textsOf(service).flatMap((text) => callsInText(text, others));
    for (const { host, port } of [...inVariables, ...inFiles])
      called.set(host, (called.get(host) ?? new Set()).add(port));
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

function variablesIn(service: Section): readonly (readonly [string, string])[] {
  const written = partAt(service, ["environment"]);
  const read = written === undefined ? undefined : assignments.safeParse(toValue(written)).data;
  return Object.entries(read ?? {}).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
}
