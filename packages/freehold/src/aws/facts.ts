import type { Import } from "../terraform/stack.ts";
import type { CollectionOutputs } from "./outputs.ts";

/** Where a stack is to stand. */
export interface Facts {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** Bucket that holds the states. */
  readonly stateBucket: string;
  /** False only for `destroy`: renders what guards data as open. */
  readonly protectData: boolean;
  readonly imports: readonly Import[];
}

export interface CollectionFacts extends Facts {
  /** Names of the availability zones; chosen once, then kept from the collection's outputs. */
  readonly zones: readonly string[];
}

export interface EnvironmentFacts extends Facts {
  /** `plannedCollectionOutputs` while there is no collection. */
  readonly collection: CollectionOutputs;
  /** 1 to 499: the environment owns the listener rules' priorities from 100 times this number on. */
  readonly priorityBlock: number;
  /** For `destroy`: distinguishes the final snapshots of databases that are made, and removed, more than once. */
  readonly snapshotSuffix?: string;
}
