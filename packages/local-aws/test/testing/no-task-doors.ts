import type { TaskDoors } from "../../src/service.ts";

/** For a test that runs no task. */
export const noTaskDoors: TaskDoors = { open: async () => async () => {} };
