import type { Started } from "./service.ts";

/** Nothing starts a job but who asks for it: the engine registers its revisions. */
export const job: Started = {
  blocks: [],
  outputs: { ecs_service: null, target_group_arn: null, schedule: null },
};
