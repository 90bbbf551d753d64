import type { Call } from "../../app/application.ts";
import type { Binding } from "../../app/binding.ts";
import type { Context } from "./context.ts";
import { dependenciesOf, placeOfItem } from "./dependencies.ts";
import type { ContainerDraft } from "./draft.ts";
import { lookUp, namesWhere, type Target, type Wanted } from "./scope.ts";

/** What it says it uses, depends on, or names in a URL. */
export function usesOf(
  draft: ContainerDraft,
  uses: readonly string[],
  bindings: Readonly<Record<string, Binding>>,
  context: Context,
): { readonly resources: readonly string[]; readonly calls: readonly Call[] } {
  const names = new Set<string>(Object.values(bindings).map((binding) => binding.resource));
  const calls: Call[] = [];
  for (const name of uses) {
    if (isVolume(name, context)) {
      names.add(name);
      continue;
    }
    const where = {
      subject: `${draft.settingsSubject}.uses`,
      place: placeOfItem(draft.settings, "uses", name),
      findings: context.findings,
    };
    const target = lookUp(name, context.scope, { ...where, wanted: usableBy(draft.name, context) });
    if (target?.kind === "resource") names.add(name);
    else if (isCallable(target) && name !== draft.name) calls.push(...callsOf(name, target));
    else if (target !== undefined && target.kind !== "failed") {
      const { subject, place } = where;
      context.findings.problem({ code: "uses", subject, ...uselessness(name, target, draft), place });
    }
  }
  for (const name of dependenciesOf(draft, context)) {
    const target = context.scope.get(name);
    if (target?.kind === "resource") names.add(name);
    if (target?.kind === "container") calls.push(...callsOf(name, target));
  }
  return { resources: [...names].sort(), calls };
}

function isCallable(target: Target | undefined): target is Extract<Target, { kind: "container" }> {
  return target?.kind === "container" && target.ports.length > 0;
}

function usableBy(owner: string, { scope, volumes }: Context): Wanted {
  const named = namesWhere(scope, (target) => target.kind === "resource" || isCallable(target));
  return {
    noun: "resource",
    names: [...new Set([...named, ...volumes.keys()])].filter((name) => name !== owner),
  };
}

/** Why what the file has cannot be used, and the way out. */
function uselessness(name: string, { kind }: Target, draft: ContainerDraft) {
  if (name === draft.name) return { message: "names the service itself", hint: `remove \`${name}\`` };
  if (kind === "ignored" || kind === "aws") {
    const hint = `remove \`${name}\`, or give it a \`type\` that keeps it`;
    return { message: `\`${name}\` is left out on AWS`, hint };
  }
  const message = `\`${name}\` cannot be called; \`uses\` names resources, and services with a port`;
  const hint =
    kind === "site" ? `remove \`${name}\`` : `write \`expose: ["8000"]\` in \`${name}\`, with its port`;
  return { message, hint };
}

function callsOf(service: string, { ports }: { readonly ports: readonly number[] }): readonly Call[] {
  return ports.map((port) => ({ service, port }));
}

/** Each once, in order. */
export function distinct(calls: readonly Call[]): readonly Call[] {
  const byKey = new Map(calls.map((call) => [`${call.service}:${call.port}`, call]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, call]) => call);
}

/** A volume may have the name of a service, or of a database whose data it holds at home. */
export function isVolume(name: string, { scope, volumes }: Context): boolean {
  const target = scope.get(name);
  return volumes.has(name) && (target?.kind !== "resource" || target.type === "volume");
}
