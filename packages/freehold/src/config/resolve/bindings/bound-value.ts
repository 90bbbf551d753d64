import type { Call } from "../../../app/application.ts";
import type { Binding } from "../../../app/binding.ts";
import type { ConnectionText } from "./bind-text.ts";

/** What a variable's value means on AWS. */
export type BoundValue =
  | { readonly kind: "plain" }
  | { readonly kind: "bound"; readonly binding: Binding; readonly note?: string }
  /** A connection text of a database, which its container at home completes. */
  | { readonly kind: "text"; readonly text: ConnectionText }
  /** The value works at home only, and nothing is guessed. */
  | { readonly kind: "problem"; readonly message: string; readonly hint: string }
  /** Names services of the application: right as it is where Service Connect is, `away` elsewhere. */
  | { readonly kind: "call"; readonly calls: readonly Call[]; readonly away: string }
  /** Names a service that is left out on AWS. */
  | { readonly kind: "note"; readonly message: string };
