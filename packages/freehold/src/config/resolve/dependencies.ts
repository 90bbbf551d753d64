import type { Place } from "../../errors.ts";
import type { ComposeService } from "../compose/service.ts";
import { placeAt, type Section } from "../yaml/tree.ts";
import type { Context } from "./context.ts";
import { lookUp, type Wanted } from "./scope.ts";

interface Dependent {
  readonly subject: string;
  readonly service: Section;
  readonly compose: Pick<ComposeService, "depends_on" | "links">;
}

interface Dependence {
  readonly name: string;
  readonly subject: string;
  readonly place: Place;
}

/** Services that `depends_on` and `links` name. */
export function dependenciesOf(draft: Dependent, { scope, services, findings }: Context): readonly string[] {
  const wanted: Wanted = { noun: "service", names: [...services.entries.keys()] };
  const names = [...waitedFor(draft, services), ...linked(draft)].flatMap(({ name, subject, place }) => {
    const target = lookUp(name, scope, { subject, place, findings, wanted });
    if (target === undefined || services.entries.has(name)) return target === undefined ? [] : [name];
    const message = `\`${name}\` is no service, and Compose knows no other thing to wait for`;
    const hint = `name it under \`x-freehold.uses\`; it is there before any service starts`;
    findings.problem({ code: "unknown-name", subject, message, hint, place });
    return [];
  });
  return [...new Set(names)].sort();
}

function waitedFor({ compose, service, subject }: Dependent, services: Section): readonly Dependence[] {
  return (compose.depends_on ?? [])
    .filter(({ name, required }) => required || services.entries.has(name))
    .map(({ name }) => ({
      name,
      subject: `${subject}.depends_on`,
      place: placeOfDependency(service, name),
    }));
}

/** A link is a dependence as well (https://docs.docker.com/reference/compose-file/services/#links). */
function linked({ compose, service, subject }: Dependent): readonly Dependence[] {
  return (compose.links ?? []).map((link) => ({
    name: link.split(":")[0] ?? "",
    subject: `${subject}.links`,
    place: placeOfItem(service, "links", link),
  }));
}

/** Where `depends_on`, in either form, or `links` names it. */
export function placeOfDependency(service: Section, name: string): Place {
  const part = service.entries.get("depends_on")?.value;
  if (part === undefined) return placeAt(service, ["links"]);
  return part.kind === "list"
    ? placeOfItem(service, "depends_on", name)
    : placeAt(service, ["depends_on", name]);
}

/** Where a list of texts holds this one. */
export function placeOfItem(tree: Section, key: string, text: string): Place {
  const part = tree.entries.get(key)?.value;
  if (part?.kind !== "list") return placeAt(tree, [key]);
  return placeAt(part, [part.items.findIndex((item) => item.kind === "scalar" && item.value === text)]);
}
