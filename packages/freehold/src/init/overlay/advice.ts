import type { Entry } from "../document.ts";
import type { Companion } from "../proposal.ts";
import type { ServiceFacts } from "./service-facts.ts";

/** What one rule proposes for one service, and why. */
export interface Advice {
  /** Settings of `x-freehold`. */
  readonly settings: readonly Entry[];
  /** Keys of Compose that differ on AWS. */
  readonly keys: readonly Entry[];
  readonly reason: string;
  readonly companions?: readonly Companion[];
}

/** A service with all that is proposed for it. */
export interface Advised {
  readonly service: ServiceFacts;
  readonly advice: readonly Advice[];
}

export function advise(reason: string, given: Partial<Omit<Advice, "reason">>): Advice {
  return { settings: [], keys: [], ...given, reason };
}
