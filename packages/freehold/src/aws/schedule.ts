import type { Cron } from "../app/application.ts";
import { terraformName } from "../app/names.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import type { Ref } from "../terraform/expression.ts";
import { arnOf } from "./arn.ts";
import { capacityProvider, networkOf } from "./ecs-service.ts";
import { nameOf } from "./names.ts";
import type { Statement } from "./policy.ts";
import { deadLetterQueue } from "./queue.ts";
import { role } from "./roles.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";
import type { ServiceBase, Started } from "./service.ts";
import { familyOf } from "./task-template.ts";

/** Schedules bear no tags; their group does. */
export function scheduleGroup(scope: EnvironmentScope): Block<"name"> {
  return resource("aws_scheduler_schedule_group", "main", { name: nameOf("scheduleGroup", scope.identity) });
}

/** A task that EventBridge Scheduler starts. Disabled until the first release gives it a revision that can run. */
export function schedule(
  scope: EnvironmentScope,
  service: Cron,
  base: ServiceBase,
  group: Block<"name">,
): Started {
  const dead = deadLetterQueue(scope, service.name);
  const starter = role(scope, {
    name: `schedule_${terraformName(service.name)}`,
    cloudName: nameOf("role", within(scope, service.name), "schedule"),
    service: "scheduler.amazonaws.com",
    statements: startStatements(scope, service, [base.role.arn, base.execution.arn], ref(dead, "arn")),
    tags: serviceTags(service.name),
  });
  const main = resource(
    "aws_scheduler_schedule",
    terraformName(service.name),
    {
      name: nameOf("schedule", within(scope, service.name)),
      group_name: ref(group, "name"),
      description: `${service.name} of ${scope.environment.name}: ${service.written}`,
      schedule_expression: service.schedule,
      schedule_expression_timezone: service.timezone,
      state: "DISABLED",
      flexible_time_window: { mode: "OFF" },
      target: {
        arn: scope.facts.collection.cluster_arn,
        role_arn: starter.arn,
        ecs_parameters: runParameters(scope, base),
        dead_letter_config: { arn: ref(dead, "arn") },
        retry_policy: { maximum_event_age_in_seconds: 3600, maximum_retry_attempts: 3 },
      },
    },
    // Release data: the engine enables the schedule and names its revision.
    { lifecycle: { ignoreChanges: ["state", "target[0].ecs_parameters[0].task_definition_arn"] } },
  );
  return {
    blocks: [dead, ...starter.blocks, main],
    outputs: {
      ecs_service: null,
      target_group_arn: null,
      schedule: { name: ref(main, "name"), group: ref(group, "name") },
    },
  };
}

function runParameters(scope: EnvironmentScope, { service, placeholder, group }: ServiceBase) {
  return {
    task_definition_arn: placeholder,
    task_count: 1,
    capacity_provider_strategy: [{ capacity_provider: capacityProvider(scope, service), weight: 1 }],
    network_configuration: networkOf(scope, group),
    propagate_tags: "TASK_DEFINITION",
    enable_ecs_managed_tags: true,
  };
}

/** It may run revisions of its own family on its own cluster, hand over the two roles of its tasks, and report failures. */
function startStatements(
  scope: EnvironmentScope,
  service: Cron,
  roles: readonly Ref[],
  deadLetters: Ref,
): readonly Statement[] {
  const { cluster_arn, cluster_name } = scope.facts.collection;
  return [
    {
      actions: ["ecs:RunTask"],
      resources: [arnOf(scope, "ecs", `task-definition/${familyOf(scope, service.name)}:*`)],
      conditions: { ArnEquals: { "ecs:cluster": cluster_arn } },
    },
    {
      actions: ["ecs:TagResource"],
      resources: [arnOf(scope, "ecs", `task/${cluster_name}/*`)],
      conditions: { StringEquals: { "ecs:CreateAction": "RunTask" } },
    },
    {
      actions: ["iam:PassRole"],
      resources: roles,
      conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
    { actions: ["sqs:SendMessage"], resources: [deadLetters] },
  ];
}
