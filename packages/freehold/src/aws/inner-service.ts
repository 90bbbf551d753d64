import type { Private, Worker } from "../app/application.ts";
import { ref } from "../terraform/block.ts";
import { ecsService } from "./ecs-service.ts";
import type { EnvironmentScope } from "./scope.ts";
import type { ServiceBase, Started } from "./service.ts";
import type { Connection } from "./service-connect.ts";

/** A service without a load balancer: nobody calls it, or others of the application do. */
export function innerService(
  scope: EnvironmentScope,
  service: Private | Worker,
  { group, placeholder }: ServiceBase,
  connection: Connection,
): Started {
  const main = ecsService(scope, { service, taskDefinition: placeholder, group, connection });
  return {
    blocks: [main],
    connection,
    outputs: { ecs_service: ref(main, "name"), target_group_arn: null, schedule: null },
  };
}
