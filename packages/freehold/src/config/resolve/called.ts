import { assignments } from "../fields.ts";
import { partAt, type Section, toValue } from "../yaml/tree.ts";
import { callsOf } from "./bind-call.ts";

/**
 * Ports at which services are called by the others' variables, by service. At home every container reaches every port of another,
 * so a file need not declare them: calling is all there is to see.
 */
export function calledPorts(services: Section): ReadonlyMap<string, readonly number[]> {
  const called = new Map<string, Set<number>>();
  const names = [...services.entries.keys()];
  for (const [owner, { value: service }] of services.entries) {
    for (const [name, value] of variablesIn(service.kind === "section" ? service : undefined)) {
      for (const { host, port } of callsOf({ name, value, owner }, names))
        called.set(host, (called.get(host) ?? new Set()).add(port));
    }
  }
  return new Map([...called].map(([name, ports]) => [name, [...ports]]));
}

function variablesIn(service: Section | undefined): readonly (readonly [string, string])[] {
  const written = partAt(service, ["environment"]);
  const read = written === undefined ? undefined : assignments.safeParse(toValue(written)).data;
  return Object.entries(read ?? {}).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
}
