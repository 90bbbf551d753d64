import type { Resource } from "../../app/application.ts";
import type { Place } from "../../errors.ts";
import type { Findings } from "../findings.ts";
import { hintFor } from "../suggest.ts";

/** What a name of the file stands for in one environment. */
export type Target =
  | { readonly kind: "resource"; readonly type: Resource["type"] }
  /** At these TCP ports it may be called; none for what has no port or does not run all the time. */
  | { readonly kind: "container"; readonly ports: readonly number[] }
  | { readonly kind: "site" }
  | { readonly kind: "ignored" }
  /** Stands in for AWS itself at home. */
  | { readonly kind: "aws" }
  /** A problem has been reported already. */
  | { readonly kind: "failed" };

export type Scope = ReadonlyMap<string, Target>;

/** What may be named at some place. */
export interface Wanted {
  readonly noun: "queue" | "resource" | "service";
  readonly names: readonly string[];
}

/** What a name stands for; a name that stands for nothing is a problem and undefined. */
export function lookUp(
  name: string,
  scope: Scope,
  where: {
    readonly subject: string;
    readonly place: Place;
    readonly findings: Findings;
    readonly wanted: Wanted;
  },
): Target | undefined {
  const target = scope.get(name);
  if (target !== undefined) return target;
  const { wanted, subject, place, findings } = where;
  const message = `\`${name}\` is no ${wanted.noun} of this file`;
  const hint = hintFor(name, [...wanted.names, ...scope.keys()], wanted.names);
  findings.problem({ code: "unknown-name", subject, message, hint, place });
  return undefined;
}

/** With those whose own problems leave open what they are. */
export function namesWhere(scope: Scope, isMeant: (target: Target) => boolean): readonly string[] {
  return [...scope].filter(([, target]) => target.kind === "failed" || isMeant(target)).map(([name]) => name);
}
