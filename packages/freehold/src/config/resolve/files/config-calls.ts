import type { Call } from "../../../app/application.ts";
import { isRunningType } from "../../../app/calls.ts";
import { givenFilesSchema } from "../../compose/given-files.ts";
import { volumesSchema } from "../../compose/volumes.ts";
import { Findings } from "../../findings.ts";
import { partAt, type Section, toValue } from "../../yaml/tree.ts";
import { portsOfHost } from "../calls/hosts-in-text.ts";
import type { Context } from "../context.ts";
import type { Draft } from "../draft.ts";
import type { Scope } from "../scope.ts";
import type { Placed } from "./config-targets.ts";
import { type ConfigContext, placedConfigs } from "./configs.ts";

/** What stands in the files that a service carries, before the rest of it is read; what is wrong with them is told later. */
export function configTexts(service: Section, context: Omit<ConfigContext, "findings">): readonly string[] {
  const written = (key: string) => toValue(partAt(service, [key]) ?? { ...service, entries: new Map() });
  const volumes = volumesSchema.safeParse(written("volumes")).data;
  const configs = givenFilesSchema.safeParse(written("configs")).data;
  if (volumes === undefined && configs === undefined) return [];
  const carrier = { subject: "", service, compose: { build: undefined, volumes, configs } };
  return placedConfigs(carrier, { ...context, findings: new Findings() }).map(({ text }) => text);
}

/**
 * Services that the files of a container name as hosts: it calls them. What has another address on AWS than at home is told, for
 * a file stays as it is.
 */
export function callsInConfigs(placed: readonly Placed[], draft: Draft, context: Context): readonly Call[] {
  return placed.flatMap((one) =>
    [...context.scope].flatMap(([host, target]) =>
      host === draft.name ? [] : callsOf(host, target, one, draft, context),
    ),
  );
}

function callsOf(
  host: string,
  target: Scope extends ReadonlyMap<string, infer Target> ? Target : never,
  { file, text, where }: Placed,
  { inferred }: Draft,
  { findings }: Context,
): readonly Call[] {
  const named = portsOfHost(text, host);
  if (named.length === 0) return [];
  const note = (message: string) =>
    findings.note(where.subject, `${file.path} names \`${host}\`: ${message}`);
  if (target.kind === "resource")
    note("on AWS it has another address, which a variable can tell and a file that is carried cannot");
  if (target.kind !== "container") return [];
  const ports = [...new Set(named)].flatMap((port = 80) => (target.ports.includes(port) ? [port] : []));
  if (ports.length > 0 && !isRunningType(inferred.type))
    note("what runs once reaches it by a name of the private DNS, which a variable can tell");
  return ports.map((port) => ({ service: host, port }));
}
