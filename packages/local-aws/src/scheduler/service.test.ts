import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { ECS, RunTaskCommandInput } from "@aws-sdk/client-ecs";
import type { GetScheduleOutput, ListSchedulesOutput } from "@aws-sdk/client-scheduler";
import type { SendMessageCommandInput, SQS } from "@aws-sdk/client-sqs";
import { caller, doublePlatform } from "../../test/testing/double-platform.ts";
import { type ManualClock, manualClock } from "../../test/testing/manual-clock.ts";
import type { OwnService } from "../service.ts";
import { createScheduler } from "./service.ts";

const cluster = "arn:aws:ecs:eu-central-1:000000000000:cluster/shop";
const queue = "arn:aws:sqs:eu-central-1:000000000000:orders";
const deadLetters = "arn:aws:sqs:eu-central-1:000000000000:dead";
const minute = 60_000;

let clock: ManualClock;
let tasks: RunTaskCommandInput[];
let messages: SendMessageCommandInput[];
let stores: Map<string, unknown>;
let scheduler: OwnService;
/** What ECS does with a task, if it does not take it. */
let refusal: (() => never) | undefined;

const runTask = async (input: RunTaskCommandInput) => {
  tasks.push(input);
  return refusal?.() ?? { tasks: [], failures: [] };
};
const sqs = {
  getQueueUrl: async ({ QueueName }: { QueueName: string }) => ({ QueueUrl: `http://queues/${QueueName}` }),
  sendMessage: async (input: SendMessageCommandInput) => void messages.push(input),
};

async function open(): Promise<OwnService> {
  // The doubles have the calls that are made.
  const aws = { ecs: { runTask } as unknown as ECS, sqs: sqs as unknown as SQS };
  const service = await createScheduler(await doublePlatform({ clock, aws, stores }));
  await service.start?.();
  return service;
}

const EcsParameters = {
  TaskDefinitionArn: "arn:aws:ecs:eu-central-1:000000000000:task-definition/report:3",
  LaunchType: "FARGATE",
  TaskCount: 1,
  NetworkConfiguration: {
    awsvpcConfiguration: { Subnets: ["subnet-1"], SecurityGroups: ["sg-1"], AssignPublicIp: "DISABLED" },
  },
  Tags: [{ key: "Service", value: "report" }],
  PropagateTags: "TASK_DEFINITION",
};
const RoleArn = "arn:aws:iam::000000000000:role/schedule";
const request = {
  Name: "report",
  ScheduleExpression: "cron(* * * * ? *)",
  FlexibleTimeWindow: { Mode: "OFF" },
  Target: { Arn: cluster, RoleArn, EcsParameters, Input: '{"containerOverrides":[{"name":"report"}]}' },
};

beforeEach(async () => {
  clock = manualClock(new Date("2026-05-20T10:00:30Z"));
  [tasks, messages, stores, refusal] = [[], [], new Map(), undefined];
  scheduler = await open();
});

test("a schedule runs its task each minute", async () => {
  await caller(scheduler)("CreateSchedule", request);
  await clock.advance(29_999);
  assert.equal(tasks.length, 0);
  await clock.advance(1);
  assert.equal(tasks.length, 1);
  await clock.advance(3 * minute);
  assert.equal(tasks.length, 4);
  assert.deepEqual(JSON.parse(JSON.stringify(tasks[0])), {
    cluster,
    taskDefinition: EcsParameters.TaskDefinitionArn,
    count: 1,
    launchType: "FARGATE",
    propagateTags: "TASK_DEFINITION",
    tags: EcsParameters.Tags,
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-1"], assignPublicIp: "DISABLED" },
    },
    overrides: { containerOverrides: [{ name: "report" }] },
    startedBy: "chronos-schedule/report",
  });
});

test("a rate runs at once and then at its rate", async () => {
  await caller(scheduler)("CreateSchedule", { ...request, ScheduleExpression: "rate(10 minutes)" });
  await clock.advance(0);
  assert.equal(tasks.length, 1);
  await clock.advance(20 * minute);
  assert.equal(tasks.length, 3);
});

test("a disabled schedule does not run, nor one outside its dates", async () => {
  const call = caller(scheduler);
  await call("CreateSchedule", { ...request, State: "DISABLED" });
  const StartDate = new Date("2026-05-20T11:00:00Z");
  const EndDate = new Date("2026-05-20T11:02:00Z");
  await call("CreateSchedule", { ...request, Name: "dated", StartDate, EndDate });
  await clock.advance(59 * minute);
  assert.equal(tasks.length, 0);
  await clock.advance(60 * minute);
  assert.equal(tasks.length, 2);
  await call("UpdateSchedule", request);
  await clock.advance(minute);
  assert.equal(tasks.length, 3);
});

test("what was due while nothing ran is not made up", async () => {
  await caller(scheduler)("CreateSchedule", request);
  await scheduler.stop?.();
  await clock.advance(60 * minute);
  scheduler = await open();
  assert.equal(tasks.length, 0);
  await clock.advance(minute);
  assert.equal(tasks.length, 1);
});

test("a one-time schedule runs once, and goes where it says so", async () => {
  const ScheduleExpression = "at(2026-05-20T12:05:00)";
  const once = {
    ...request,
    ScheduleExpression,
    ScheduleExpressionTimezone: "Europe/Berlin",
    ActionAfterCompletion: "DELETE",
  };
  await caller(scheduler)("CreateSchedule", once);
  await clock.advance(10 * minute);
  assert.equal(tasks.length, 1);
  await assert.rejects(caller(scheduler)("GetSchedule", { Name: "report" }), {
    code: "ResourceNotFoundException",
  });
});

test("a message carries the time it was due", async () => {
  const Input = "due <aws.scheduler.scheduled-time>";
  await caller(scheduler)("CreateSchedule", { ...request, Target: { Arn: queue, RoleArn, Input } });
  await clock.advance(30_000);
  assert.deepEqual(messages, [{ QueueUrl: "http://queues/orders", MessageBody: "due 2026-05-20T10:01:00Z" }]);
});

test("a target that fails is called again as often as the policy says, then the dead letter tells why", async () => {
  refusal = () => {
    throw Object.assign(new TypeError("no room"), { name: "ServerException", $fault: "server" });
  };
  const Target = {
    ...request.Target,
    RetryPolicy: { MaximumRetryAttempts: 2 },
    DeadLetterConfig: { Arn: deadLetters },
  };
  await caller(scheduler)("CreateSchedule", {
    ...request,
    ScheduleExpression: "at(2026-05-20T10:01:00)",
    Target,
  });
  await clock.advance(minute);
  assert.equal(tasks.length, 3);
  const [message] = messages;
  assert.equal(message?.QueueUrl, "http://queues/dead");
  assert.equal(message?.MessageAttributes?.["ERROR_CODE"]?.StringValue, "ServerException");
  assert.equal(message?.MessageAttributes?.["RETRY_ATTEMPTS"]?.StringValue, "2");
  assert.equal(
    message?.MessageAttributes?.["EXHAUSTED_RETRY_CONDITION"]?.StringValue,
    "MaximumRetryAttempts",
  );
});

test("the caller's own mistake is not tried again", async () => {
  refusal = () => {
    throw Object.assign(new TypeError("no such revision"), { name: "ClientException", $fault: "client" });
  };
  await caller(scheduler)("CreateSchedule", { ...request, ScheduleExpression: "at(2026-05-20T10:01:00)" });
  await clock.advance(60 * minute);
  assert.equal(tasks.length, 1);
});

test("a group goes with its schedules", async () => {
  const call = caller(scheduler);
  await assert.rejects(call("CreateSchedule", { ...request, GroupName: "shop" }), {
    code: "ResourceNotFoundException",
  });
  await call("CreateScheduleGroup", { Name: "shop", Tags: [{ Key: "a", Value: "b" }] });
  await call("CreateSchedule", { ...request, GroupName: "shop" });
  await assert.rejects(call("CreateSchedule", { ...request, GroupName: "shop" }), {
    code: "ConflictException",
  });
  const { Schedules } = await call<ListSchedulesOutput>("ListSchedules", { GroupName: "shop" });
  assert.deepEqual(
    Schedules?.map((one) => one.Name),
    ["report"],
  );
  await call("DeleteScheduleGroup", { Name: "shop" });
  await clock.advance(10 * minute);
  assert.equal(tasks.length, 0);
});

test("a schedule is answered as it was made, with AWS's defaults", async () => {
  await caller(scheduler)("CreateSchedule", request);
  const schedule = await caller(scheduler)<GetScheduleOutput>("GetSchedule", { Name: "report" });
  assert.equal(schedule.Arn, "arn:aws:scheduler:eu-central-1:000000000000:schedule/default/report");
  assert.equal(schedule.ScheduleExpressionTimezone, "UTC");
  assert.deepEqual(schedule.Target, {
    ...request.Target,
    RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
  });
});

test("what cannot be run is refused when it is made", async () => {
  const refusals: readonly [object, object][] = [
    [{ ScheduleExpression: "every minute" }, { code: "ValidationException" }],
    [{ ScheduleExpressionTimezone: "Mars/Olympus" }, { code: "ValidationException" }],
    [{ Target: { Arn: cluster, RoleArn } }, { code: "ValidationException" }],
    [{ Target: { ...request.Target, Input: "{" } }, { code: "ValidationException" }],
    [{ Target: { Arn: "arn:aws:lambda:eu-central-1:000000000000:function:f", RoleArn } }, { status: 501 }],
  ];
  for (const [change, error] of refusals) {
    await assert.rejects(
      caller(scheduler)("CreateSchedule", { ...request, ...change }),
      error,
      JSON.stringify(change),
    );
  }
});
