import type { Change } from "../terraform/plan.ts";
import type { ForeseenService } from "./release/foreseen.ts";

/**
 * Everything a verb can say, in the order it happens. The terminal, `--json`, the dashboard and the tests read this and
 * nothing else. No event ever carries a secret.
 */
export type Event =
  /** The first event of every verb. */
  | { readonly type: "started"; readonly verb: string; readonly target: string }
  /** Steps form a tree by `parent`; ids are unique within a run, e.g. `build`, `build/api`. */
  | { readonly type: "step-started"; readonly id: string; readonly parent?: string; readonly title: string }
  /** What the step is doing or waiting for now; replaces the step's earlier message. */
  | { readonly type: "step-progress"; readonly id: string; readonly message: string }
  | {
      readonly type: "step-finished";
      readonly id: string;
      readonly outcome: "done" | "unchanged" | "skipped";
      /** A few words for the reader: `12 created`, `sha256:1234…`. */
      readonly detail?: string;
      readonly seconds: number;
    }
  | { readonly type: "step-failed"; readonly id: string; readonly message: string; readonly seconds: number }
  /** A line of a container, a build or Terraform. `source` is the service, or the tool. */
  | {
      readonly type: "output";
      readonly source: string;
      readonly line: string;
      /** ISO 8601, where the line has a time of its own. */
      readonly time?: string;
    }
  /** Planned changes of one stack, grouped for the reader by the front end. */
  | {
      readonly type: "changes";
      readonly stack: "collection" | "environment";
      readonly changes: readonly Change[];
    }
  /** Services whose tasks a release would replace, as far as that shows before anything is built. */
  | { readonly type: "foreseen"; readonly services: readonly ForeseenService[] }
  /** A command of the file that an `up` runs on this machine; `digest` is what `--trust` pins. */
  | {
      readonly type: "host-command";
      readonly site: string;
      readonly folder: string;
      readonly command: string;
      readonly digest: string;
    }
  | { readonly type: "note"; readonly subject: string; readonly message: string }
  /** The last event of a verb that reached its end; `value` is the verb's own result type. */
  | { readonly type: "finished"; readonly verb: string; readonly value: unknown; readonly seconds: number };

export type Emit = (event: Event) => void;
