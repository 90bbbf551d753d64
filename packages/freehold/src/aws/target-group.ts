import type { Web } from "../app/application.ts";
import { drainSeconds } from "../app/drain.ts";
import { terraformName } from "../app/names.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import type { Ref } from "../terraform/expression.ts";
import { nameOf } from "./names.ts";
import { pathPatterns } from "./path-patterns.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";

export interface TargetGroup {
  readonly blocks: readonly Block[];
  readonly arn: Ref;
  /** The rule that leads to it. */
  readonly rule: Block;
}

/** Set by our distributions; names the environment and is no credential. */
export const environmentHeader = "x-freehold-environment";

/** What the load balancer knows of a web service, and the rule that leads there. */
export function targetGroup(scope: EnvironmentScope, service: Web, priority: number): TargetGroup {
  const group = resource(
    "aws_lb_target_group",
    terraformName(service.name),
    {
      name: nameOf("targetGroup", within(scope, service.name)),
      target_type: "ip",
      protocol: "HTTP",
      // AWS cannot change it, and it means nothing: ECS registers each task with its own port.
      port: 80,
      vpc_id: scope.facts.collection.vpc_id,
      deregistration_delay: drainSeconds(service).toString(),
      health_check: healthCheck(service),
      tags: serviceTags(service.name),
    },
    // A check belongs to a release: tasks of the one before need not pass it.
    { lifecycle: { ignoreChanges: ["health_check"] } },
  );
  const arn = ref(group, "arn");
  const rule = listenerRule(scope, service, priority, arn);
  return { blocks: [group, rule], arn, rule };
}

function healthCheck({ health }: Web) {
  return {
    path: health.path,
    matcher: health.codes,
    interval: health.interval,
    timeout: health.timeout,
    healthy_threshold: health.healthy,
    unhealthy_threshold: health.unhealthy,
  };
}

function listenerRule(scope: EnvironmentScope, service: Web, priority: number, target_group_arn: Ref) {
  return resource("aws_lb_listener_rule", terraformName(service.name), {
    listener_arn: scope.facts.collection.listener_arn,
    priority,
    condition: [
      { http_header: { http_header_name: environmentHeader, values: [scope.environment.name] } },
      { path_pattern: { values: pathPatterns(service.path) } },
    ],
    action: [{ type: "forward", target_group_arn }],
    tags: serviceTags(service.name),
  });
}
