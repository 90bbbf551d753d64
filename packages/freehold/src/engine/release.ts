import type { Built } from "./build.ts";
import type { Release } from "./release-record.ts";
import type { Target } from "./release-target.ts";

export interface ReleaseRequest {
  readonly target: Target;
  readonly built: Built;
  /** Id of the step this belongs to. */
  readonly parent?: string;
  readonly signal?: AbortSignal;
}

export interface Released {
  readonly release: Release;
  /** False when nothing had changed: no record was made, and `release` is the live one. */
  readonly isNew: boolean;
}
