import type { Application, Collection, Environment } from "../app/application.ts";
import type { CollectionOutputs, EnvironmentOutputs } from "../aws/outputs.ts";

/** Names the environment that a verb is about. */
export interface EnvironmentRequest {
  readonly application: Application;
  /** `staging` or `production/staging`; the only environment, or `dev`, when left out. */
  readonly environment?: string;
  /** Aborted when the person interrupts: tasks that were started are stopped. */
  readonly signal?: AbortSignal;
}

/** A provisioned environment: what the user means, and what its two stacks told. */
export interface Target {
  readonly application: string;
  readonly collection: Collection;
  readonly environment: Environment;
  /** Of the collection's stack. */
  readonly shared: CollectionOutputs;
  /** Of the environment's stack. */
  readonly outputs: EnvironmentOutputs;
}
