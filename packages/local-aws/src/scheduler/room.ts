import type { Clock, Store } from "../platform.ts";
import type { Runner } from "./runner.ts";
import type { SchedulerState } from "./state.ts";

/** What every part of this room works on. */
export interface Room {
  readonly store: Store<SchedulerState>;
  readonly runner: Runner;
  readonly clock: Clock;
}
