import type { Platform } from "../platform.ts";
import type { OwnService } from "../service.ts";
import { groupOperations } from "./groups.ts";
import { scheduleOperations } from "./schedules.ts";
import { emptyState, type SchedulerState } from "./state.ts";
import { createTimers } from "./timers.ts";

/** EventBridge Scheduler: schedules that really fire, at RunTask and SQS. */
export async function createScheduler(platform: Platform): Promise<OwnService> {
  const store = await platform.store<SchedulerState>(
    "scheduler",
    emptyState(platform.clock.now().toISOString()),
  );
  const timers = createTimers(platform, store);
  const room = { platform, store, onChange: timers.set };
  return {
    model: "scheduler",
    moto: false,
    operations: { ...scheduleOperations(room), ...groupOperations(room) },
    start: async () => {
      for (const key of Object.keys(store.get().schedules)) timers.set(key);
    },
    stop: async () => timers.stop(),
  };
}
