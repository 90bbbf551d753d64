import type { Web } from "../app/application.ts";
import { ref } from "../terraform/block.ts";
import { ecsService } from "./ecs-service.ts";
import type { EnvironmentScope } from "./scope.ts";
import { admitLoadBalancer } from "./security-group.ts";
import type { ServiceBase, Started } from "./service.ts";
import type { Connection } from "./service-connect.ts";
import { targetGroup } from "./target-group.ts";

/** A service behind the load balancer. */
export function webService(
  scope: EnvironmentScope,
  service: Web,
  base: ServiceBase,
  { priority, connection }: { readonly priority: number; readonly connection: Connection },
): Started {
  const { group, placeholder } = base;
  const targets = targetGroup(scope, service, priority);
  const main = ecsService(scope, {
    service,
    taskDefinition: placeholder,
    group,
    connection,
    targetGroup: targets,
  });
  return {
    blocks: [...targets.blocks, ...admitLoadBalancer(scope, group, service.port), main],
    connection,
    outputs: { ecs_service: ref(main, "name"), target_group_arn: targets.arn, schedule: null },
  };
}
