/** What the runtime sends its worker thread. */
export type ToWorker =
  | { readonly kind: "program"; readonly key: string; readonly code: string }
  | { readonly kind: "store"; readonly arn: string; readonly items: Readonly<Record<string, string>> }
  | {
      readonly kind: "run";
      readonly key: string;
      readonly store: string | undefined;
      readonly event: string;
    };

/** `ready` once, then an answer to each `run`, in order; `value` is JSON. */
export type FromWorker =
  | { readonly kind: "ready" }
  | {
      readonly kind: "returned";
      readonly value: string;
      readonly originId?: string;
      readonly logs: readonly string[];
    }
  | { readonly kind: "failed"; readonly message: string; readonly logs: readonly string[] };
