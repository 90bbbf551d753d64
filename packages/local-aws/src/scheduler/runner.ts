import type { Store } from "../platform.ts";
import { type DeliveryPorts, deliver } from "./delivery.ts";
import { nextRun, parseExpression } from "./expression.ts";
import type { Schedule, SchedulerState } from "./state.ts";

/** Runs schedules when they are due. */
export interface Runner {
  /** Arms a schedule that was made or changed; an instant before `after` is not made up for. */
  arm(schedule: Schedule, after: Date): void;
  disarm(arn: string): void;
  stop(): void;
}

export function createRunner(store: Store<SchedulerState>, ports: DeliveryPorts): Runner {
  const armed = new Map<string, () => void>();
  const disarm = (arn: string): void => {
    armed.get(arn)?.();
    armed.delete(arn);
  };
  const arm = (schedule: Schedule, after: Date): void => {
    disarm(schedule.arn);
    const due = dueAfter(schedule, after);
    if (due === undefined) return;
    armed.set(
      schedule.arn,
      ports.clock.at(due, () => {
        armed.delete(schedule.arn);
        const current = store.get().schedules[schedule.arn];
        if (current === undefined) return;
        void deliver(ports, current, due);
        // The machine may have slept past several instants: they run once.
        arm(current, new Date(Math.max(due.getTime(), ports.clock.now().getTime() - 1)));
        if (!armed.has(current.arn)) complete(store, current, ports);
      }),
    );
  };
  return {
    arm,
    disarm,
    stop: () => {
      for (const arn of [...armed.keys()]) disarm(arn);
    },
  };
}

/** The next instant within the schedule's dates, undefined when it is off or over. */
function dueAfter(schedule: Schedule, after: Date): Date | undefined {
  if (schedule.state !== "ENABLED") return undefined;
  const start = schedule.start === undefined ? undefined : new Date(schedule.start);
  // Its first instant may be the start itself.
  const from = start !== undefined && start > after ? new Date(start.getTime() - 1) : after;
  const anchor = start ?? new Date(schedule.createdAt);
  const due = nextRun(parseExpression(schedule.expression), {
    after: from,
    timezone: schedule.timezone,
    anchor,
  });
  const isOver = due !== undefined && schedule.end !== undefined && due >= new Date(schedule.end);
  return isOver ? undefined : due;
}

/** ActionAfterCompletion, once no run is left. */
function complete(
  store: Store<SchedulerState>,
  { arn, afterCompletion }: Schedule,
  { log }: DeliveryPorts,
): void {
  if (afterCompletion !== "DELETE") return;
  const removal = store.update((state) => {
    const { [arn]: _gone, ...schedules } = state.schedules;
    return { ...state, schedules };
  });
  removal.catch((error: unknown) => log.warn(`schedule ${arn} could not be removed`, { error }));
}
