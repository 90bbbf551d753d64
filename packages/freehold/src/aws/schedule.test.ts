import assert from "node:assert/strict";
import { test } from "node:test";
import { addressesOf, look, statementsOf } from "./testing/look.ts";
import { shopEnvironmentStack } from "./testing/shop.ts";
import { withoutServices } from "./testing/vary.ts";

const stack = shopEnvironmentStack();
const schedule = look(stack, "aws_scheduler_schedule.report");

test("a schedule waits for the first release, which enables it and names its revision", () => {
  assert.equal(schedule.state, "DISABLED");
  assert.deepEqual(schedule.lifecycle.ignore_changes, [
    "state",
    "target[0].ecs_parameters[0].task_definition_arn",
  ]);
});

test("what could not be started is kept in a queue of the cron's own", () => {
  assert.match(
    schedule.target.dead_letter_config.arn,
    /^\$\{aws_sqs_queue\.report_dead_letter_[a-z]{6}\.arn\}$/,
  );
});

test("its role may run its own family on its own cluster, and hand over its two roles", () => {
  const [run, , pass] = statementsOf(look(stack, "aws_iam_role_policy.schedule_report").policy);
  assert.deepEqual(run.Action, ["ecs:RunTask"]);
  assert.equal(run.Resource.length, 1);
  assert.match(
    run.Resource[0],
    /^arn:aws:ecs:us-east-1:111111111111:task-definition\/shop-default-dev-report-[a-z]{6}:\*$/,
  );
  assert.deepEqual(Object.keys(run.Condition.ArnEquals), ["ecs:cluster"]);
  assert.deepEqual(pass.Resource, ["aws_iam_role.task_report.arn", "aws_iam_role.execution_report.arn"]);
});

test("without crons there is no group of schedules", () => {
  assert.deepEqual(addressesOf(shopEnvironmentStack(withoutServices("report")), "aws_scheduler"), []);
});
