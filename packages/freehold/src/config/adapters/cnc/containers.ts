import { partAt, type Section } from "../../yaml/tree.ts";
import { textOf } from "../rules.ts";
import { taskName } from "./tasks.ts";

/** The containers that a file's services become: each backend with its workers and scheduled tasks. */
export interface Containers {
  /** A service and what runs its image. */
  of(service: string): readonly string[];
}

export function containersOf(services: ReadonlyMap<string, Section>): Containers {
  const families = new Map([...services].map(([name, tree]) => [name, familyOf(name, tree)] as const));
  return {
    of: (service) => families.get(service) ?? [],
  };
}

function familyOf(name: string, service: Section): readonly string[] {
  const settings = partAt(service, ["x-cnc"]) ?? service;
  const type = textOf(partAt(settings, ["type"]));
  if (type !== "backend") return [];
  const tasks = ["workers", "scheduled_tasks"].flatMap((key) => {
    const list = partAt(settings, [key]);
    return list?.kind === "list" ? list.items : [];
  });
  return [
    name,
    ...tasks.flatMap((task) => textOf(partAt(task, ["name"])) ?? []).map((task) => taskName(name, task)),
  ];
}
