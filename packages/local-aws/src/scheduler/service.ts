import type { Platform } from "../platform.ts";
import type { OwnService } from "../service.ts";
import { groupOperations } from "./groups.ts";
import type { Room } from "./room.ts";
import { createRunner } from "./runner.ts";
import { scheduleOperations } from "./schedules.ts";
import { emptyState } from "./state.ts";

/** EventBridge Scheduler: runs ECS tasks and sends SQS messages when schedules are due. */
export async function createScheduler(platform: Platform): Promise<OwnService> {
  const { clock, log, aws } = platform;
  const store = await platform.store("scheduler", emptyState);
  const runner = createRunner(store, { clock, log, clients: aws });
  const room: Room = { store, runner, clock };
  return {
    model: "scheduler",
    moto: false,
    operations: { ...groupOperations(room), ...scheduleOperations(room) },
    tagged: () => Object.values(store.get().groups),
    // What was due while nothing ran is over: only what comes from now on runs.
    start: async () => {
      const now = clock.now();
      for (const schedule of Object.values(store.get().schedules)) runner.arm(schedule, now);
    },
    stop: async () => runner.stop(),
  };
}
