import type { Call, Demand, Facts, Reader } from "./call.ts";

/** What a service's calls ask of the caller's policies, where it is not simply the action of the operation's name. */
export interface ServiceCalls {
  /** The prefix of its actions. */
  readonly prefix: string;
  /** Actions of operations that are not the operation's own name; none for what AWS lets every principal do. */
  readonly actions?: Readonly<Record<string, readonly string[]>>;
  /** By resource type, as the Service Authorization Reference names them. */
  readonly readers: Readonly<Record<string, Reader>>;
  /** Types of one action are alternatives: a call names a table or its stream. */
  readonly areAlternatives?: boolean;
  /** Values of the service's condition keys. */
  readonly keys?: (call: Call) => Demand["keys"];
  /** Condition keys of which `keys` gives every value there is; of others nothing is known. */
  readonly knownKeys?: readonly string[];
  /** Operations whose demands are read from the input one by one; undefined where they cannot be told. */
  readonly whole?: Readonly<
    Record<
      string,
      (call: Call, facts: Facts) => readonly Wanted[] | undefined | Promise<readonly Wanted[] | undefined>
    >
  >;
  /** Further demands beside the operation's own, such as `iam:PassRole`. */
  readonly further?: Readonly<Record<string, (call: Call, facts: Facts) => Promise<readonly Wanted[]>>>;
}

/** An action and its resource. */
export interface Wanted {
  readonly action: string;
  readonly arn: string;
  readonly keys?: Demand["keys"];
}
