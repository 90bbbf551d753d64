import type { Attribute } from "../app/binding.ts";
import type { Block } from "../terraform/block.ts";
import type { Text } from "../terraform/expression.ts";
import type { Statement } from "./policy.ts";
import type { SecurityGroup } from "./security-group.ts";

/** What a resource of the application offers to the services that use it. */
export interface Facility {
  readonly name: string;
  readonly blocks: readonly Block[];
  /** Plain attributes, for bindings. */
  readonly attributes: Partial<Readonly<Record<Attribute, Text>>>;
  /** What the role of a service that uses it may do. */
  readonly statements: readonly Statement[];
  /** Where it listens, if it does. */
  readonly server?: { readonly group: SecurityGroup; readonly port: number };
}
