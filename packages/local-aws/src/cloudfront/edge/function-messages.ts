/** What the runtime sends its worker thread. Values are text: nothing of the host has a form inside the engine. */
export type ToWorker =
  | { readonly kind: "program"; readonly key: string; readonly source: Source }
  | {
      readonly kind: "store";
      readonly arn: string;
      readonly version: string;
      readonly meta: StoreMeta;
      readonly items: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "run";
      readonly key: string;
      readonly store: string | undefined;
      readonly event: string;
    };

/** Code of a function and the runtime that it was written for, e.g. `cloudfront-js-2.0`. */
export interface Source {
  readonly runtime: string;
  readonly code: string;
}

/** What `meta()` of a key value store returns; times in ISO 8601. */
export interface StoreMeta {
  readonly creationDateTime: string;
  readonly lastUpdatedDateTime: string;
}

/** `ready` once, then an answer to each `run`, in order. */
export type FromWorker = { readonly kind: "ready" } | RunAnswer;

/** `value` is JSON. `milliseconds` are processor time. `limit` is set when the time that a function has was over. */
export type RunAnswer = (
  | { readonly kind: "returned"; readonly value: string; readonly originId?: string }
  | { readonly kind: "failed"; readonly message: string; readonly limit?: true }
) & { readonly logs: readonly string[]; readonly milliseconds: number };
