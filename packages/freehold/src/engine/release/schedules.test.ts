import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import { rescheduled } from "./schedules.ts";

const one = { service: "report", schedule: { name: "report", group: "shop" }, taskDefinitionArn: "report:2" };
const target = {
  Arn: "cluster",
  RoleArn: "role",
  RetryPolicy: { MaximumRetryAttempts: 2 },
  EcsParameters: { TaskDefinitionArn: "report:1", LaunchType: "FARGATE" as const },
};
const found = {
  Name: "report",
  State: "DISABLED" as const,
  ScheduleExpression: "cron(0 9 ? * MON-FRI *)",
  ScheduleExpressionTimezone: "Europe/Berlin",
  FlexibleTimeWindow: { Mode: "OFF" as const },
  Target: target,
};

test("everything but the revision and the state is handed back as it is", () => {
  assert.deepEqual(JSON.parse(JSON.stringify(rescheduled(found, one))), {
    ...found,
    GroupName: "shop",
    State: "ENABLED",
    Target: { ...target, EcsParameters: { ...target.EcsParameters, TaskDefinitionArn: "report:2" } },
  });
});

test("a schedule that is right already is left alone; one at rest is not", () => {
  const right = { ...target, EcsParameters: { ...target.EcsParameters, TaskDefinitionArn: "report:2" } };
  assert.equal(rescheduled({ ...found, State: "ENABLED", Target: right }, one), undefined);
  assert.notEqual(rescheduled({ ...found, Target: right }, one), undefined);
});

test("a schedule that starts something else is refused", () => {
  assert.throws(() => rescheduled({ ...found, Target: { Arn: "lambda", RoleArn: "role" } }, one), UserError);
});
