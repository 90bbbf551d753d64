import type { Resource } from "../../app/application.ts";
import type { Attribute, Binding } from "../../app/binding.ts";
import { hintFor } from "../suggest.ts";
import type { Context } from "./context.ts";
import type { Written } from "./variables.ts";

/** What may be asked of a resource by name. Passwords are none of it: a variable that carries one is bound, or an alias of such. */
const outputsOf: Readonly<Record<Exclude<Resource["type"], "volume">, readonly Attribute[]>> = {
  database: ["host", "port", "arn"],
  cache: ["host", "port"],
  bucket: ["name", "arn"],
  queue: ["url", "name", "arn"],
  table: ["name", "arn"],
  topic: ["arn", "name"],
};

/** Each variable that is an output, `uploads.arn`, bound to that of the resource. */
export function bindOutputs(
  outputs: ReadonlyMap<string, Written>,
  context: Context,
): Readonly<Record<string, Binding>> {
  const offered = offeredIn(context);
  const bindings: Record<string, Binding> = {};
  for (const [name, { value, subject, place }] of outputs) {
    const binding = offered.get(value);
    if (binding !== undefined) bindings[name] = binding;
    else
      context.findings.problem({
        code: "output",
        subject,
        message: `\`${value}\` is no output of a resource`,
        hint: hintFor(value, [...offered.keys()]),
        place,
      });
  }
  return bindings;
}

function offeredIn({ databases, otherResources }: Context): ReadonlyMap<string, Binding> {
  const named = [
    ...[...databases.keys()].map((name) => ({ name, type: "database" as const })),
    ...otherResources,
  ];
  return new Map(
    named.flatMap(({ name: resource, type }) =>
      outputsOf[type].map((attribute) => [
        `${resource}.${attribute}`,
        { kind: "attribute", resource, attribute } as const,
      ]),
    ),
  );
}
