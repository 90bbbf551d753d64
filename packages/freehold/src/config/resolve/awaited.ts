import { dependsOnSchema } from "../compose/depends-on.ts";
import { partAt, type Section, type Tree, toValue } from "../yaml/tree.ts";

/** Services that another waits for to end: `condition: service_completed_successfully`. */
export function awaitedServices(services: Section): ReadonlySet<string> {
  return new Set([...services.entries.values()].flatMap(({ value }) => awaitedBy(value)));
}

function awaitedBy(service: Tree): readonly string[] {
  const written = partAt(service, ["depends_on"]);
  const read = written === undefined ? undefined : dependsOnSchema.safeParse(toValue(written)).data;
  return (read ?? []).filter(({ isUntilDone }) => isUntilDone).map(({ name }) => name);
}
