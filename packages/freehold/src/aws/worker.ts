import type { Worker } from "../app/application.ts";
import { ref } from "../terraform/block.ts";
import { ecsService } from "./ecs-service.ts";
import type { EnvironmentScope } from "./scope.ts";
import type { ServiceBase, Started } from "./service.ts";

/** A service that nobody calls. */
export function worker(scope: EnvironmentScope, service: Worker, base: ServiceBase): Started {
  const main = ecsService(scope, { service, taskDefinition: base.placeholder, group: base.group });
  return {
    blocks: [main],
    outputs: { ecs_service: ref(main, "name"), target_group_arn: null, schedule: null },
  };
}
