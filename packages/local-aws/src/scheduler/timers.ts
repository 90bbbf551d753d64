import type { Platform, Store } from "../platform.ts";
import { parseExpression } from "./expression.ts";
import { fire } from "./fire.ts";
import type { SchedulerState, StoredSchedule } from "./state.ts";

export interface Timers {
  /** Sets a schedule's next firing anew, or forgets it when it is gone or disabled. */
  set(key: string): void;
  stop(): void;
}

/** One alarm per enabled schedule. What should have fired while nothing ran is not made up, as with AWS's own outages. */
export function createTimers(platform: Platform, store: Store<SchedulerState>): Timers {
  const cancels = new Map<string, () => void>();
  const set = (key: string): void => {
    cancels.get(key)?.();
    cancels.delete(key);
    const schedule = store.get().schedules[key];
    const when = schedule === undefined ? undefined : nextFiring(schedule, platform.clock.now());
    if (when === undefined) return;
    cancels.set(
      key,
      platform.clock.at(when, () => ring(key)),
    );
  };
  const ring = (key: string): void => {
    const schedule = store.get().schedules[key];
    set(key);
    if (schedule === undefined) return;
    fire(schedule, platform).catch((error: unknown) =>
      platform.log.warn("schedule failed", { key, error: String(error) }),
    );
  };
  return {
    set,
    stop: () => {
      for (const cancel of cancels.values()) cancel();
      cancels.clear();
    },
  };
}

/** The next instant after `now`, within the schedule's dates; undefined when it is disabled or over. */
export function nextFiring(schedule: StoredSchedule, now: Date): Date | undefined {
  const { settings, startDate, endDate, createdAt } = schedule;
  if (settings.State !== "ENABLED") return undefined;
  const origin = new Date(startDate ?? createdAt);
  const after =
    startDate !== undefined && new Date(startDate) > now ? new Date(Date.parse(startDate) - 1) : now;
  const when = parseExpression(settings.ScheduleExpression, settings.ScheduleExpressionTimezone).next(
    after,
    origin,
  );
  return when === undefined || (endDate !== undefined && when > new Date(endDate)) ? undefined : when;
}
