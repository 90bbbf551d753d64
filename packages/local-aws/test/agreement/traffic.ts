import { it } from "./compare.ts";
import { answers, type Earlier, memberOf, type Row, refuses } from "./row.ts";

const elb = (operation: string, input: Row["input"], expected: Row["expected"]): Row => ({
  service: "elbv2",
  operation,
  input,
  expected,
});
const cloudFront = (operation: string, input: Row["input"], expected: Row["expected"]): Row => ({
  service: "cloudfront",
  operation,
  input,
  expected,
});
const scheduler = (operation: string, input: Row["input"], expected: Row["expected"]): Row => ({
  service: "scheduler",
  operation,
  input,
  expected,
});

const groupArn = (earlier: Earlier) =>
  memberOf(earlier("CreateTargetGroup"), "TargetGroups", 0, "TargetGroupArn");
const Targets = [{ Id: "10.0.0.9", Port: 8080 }];

/** Load balancing as far as it is ours: targets. */
export const elbRows = (vpcId: string): readonly Row[] => [
  elb(
    "CreateTargetGroup",
    { Name: it, Protocol: "HTTP", Port: 8080, VpcId: vpcId, TargetType: "ip" },
    answers({
      TargetGroups: [{ TargetGroupName: it, Port: 8080 }],
    }),
  ),
  elb("RegisterTargets", (earlier) => ({ TargetGroupArn: groupArn(earlier), Targets }), answers({})),
  elb(
    "DescribeTargetHealth",
    (earlier) => ({ TargetGroupArn: groupArn(earlier) }),
    answers({
      TargetHealthDescriptions: [
        {
          Target: { Id: "10.0.0.9", Port: 8080 },
          TargetHealth: { State: "unused", Reason: "Target.NotInUse" },
        },
      ],
    }),
  ),
  elb("DeregisterTargets", (earlier) => ({ TargetGroupArn: groupArn(earlier), Targets }), answers({})),
  elb(
    "DescribeTargetHealth",
    {
      TargetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/none/0123456789abcdef",
    },
    refuses("TargetGroupNotFound", /target groups not found/, "TargetGroupNotFoundException"),
  ),
  elb("DeleteTargetGroup", (earlier) => ({ TargetGroupArn: groupArn(earlier) }), answers({})),
];

const code = new TextEncoder().encode("async function handler(event) { return event.request; }");
const FunctionConfig = { Comment: "for the test", Runtime: "cloudfront-js-2.0" };

/** CloudFront without visitors: those are in `cloudfront.test.ts`, with the values of a KeyValueStore. */
export const cloudFrontRows: readonly Row[] = [
  cloudFront(
    "CreateFunction",
    { Name: it, FunctionConfig, FunctionCode: code },
    answers({
      FunctionSummary: { Name: it, FunctionMetadata: { Stage: "DEVELOPMENT" } },
    }),
  ),
  cloudFront(
    "CreateFunction",
    { Name: it, FunctionConfig, FunctionCode: code },
    refuses("FunctionAlreadyExists", /exists/),
  ),
  cloudFront("DescribeFunction", { Name: it }, answers({ FunctionSummary: { Name: it, FunctionConfig } })),
  cloudFront(
    "PublishFunction",
    { Name: it, IfMatch: "E0000000000000" },
    refuses("PreconditionFailed", /precondition/i),
  ),
  cloudFront(
    "PublishFunction",
    (earlier) => ({
      Name: it,
      IfMatch: memberOf(earlier("DescribeFunction"), "ETag"),
    }),
    answers({ FunctionSummary: { FunctionMetadata: { Stage: "LIVE" } } }),
  ),
  cloudFront("DescribeFunction", { Name: "none" }, refuses("NoSuchFunctionExists", /exist/)),
  cloudFront(
    "CreateKeyValueStore",
    { Name: it, Comment: "for the test" },
    answers({
      KeyValueStore: { Name: it, Comment: "for the test" },
    }),
  ),
  cloudFront(
    "DescribeKeyValueStore",
    { Name: it },
    answers({ KeyValueStore: { Name: it, Status: "READY" } }),
  ),
  cloudFront("DescribeKeyValueStore", { Name: "none" }, refuses("EntityNotFound", /./)),
  cloudFront(
    "DeleteKeyValueStore",
    (earlier) => ({
      Name: it,
      IfMatch: memberOf(earlier("DescribeKeyValueStore"), "ETag"),
    }),
    answers({}),
  ),
  cloudFront(
    "CreateOriginAccessControl",
    {
      OriginAccessControlConfig: {
        Name: it,
        SigningProtocol: "sigv4",
        SigningBehavior: "always",
        OriginAccessControlOriginType: "s3",
      },
    },
    answers({ OriginAccessControl: { OriginAccessControlConfig: { Name: it, SigningBehavior: "always" } } }),
  ),
  cloudFront(
    "GetOriginAccessControl",
    (earlier) => ({
      Id: memberOf(earlier("CreateOriginAccessControl"), "OriginAccessControl", "Id"),
    }),
    answers({ OriginAccessControl: { OriginAccessControlConfig: { Name: it } } }),
  ),
  cloudFront("GetDistribution", { Id: "ENONE000000000" }, refuses("NoSuchDistribution", /./)),
];

const schedule = {
  Name: it,
  GroupName: it,
  ScheduleExpression: "cron(0 4 * * ? *)",
  ScheduleExpressionTimezone: "Europe/Berlin",
  FlexibleTimeWindow: { Mode: "OFF" },
  Target: {
    Arn: "arn:aws:sqs:us-east-1:123456789012:orders",
    RoleArn: "arn:aws:iam::123456789012:role/schedule",
  },
};

export const schedulerRows: readonly Row[] = [
  scheduler(
    "CreateScheduleGroup",
    { Name: it },
    answers({
      ScheduleGroupArn: `arn:aws:scheduler:us-east-1:123456789012:schedule-group/${it}`,
    }),
  ),
  scheduler(
    "CreateSchedule",
    schedule,
    answers({
      ScheduleArn: `arn:aws:scheduler:us-east-1:123456789012:schedule/${it}/${it}`,
    }),
  ),
  scheduler(
    "CreateSchedule",
    { ...schedule, Name: `${it}2`, ScheduleExpression: "cron(61 4 * * ? *)" },
    refuses("ValidationException", /Invalid Schedule Expression/),
  ),
  scheduler(
    "GetSchedule",
    { Name: it, GroupName: it },
    answers({
      State: "ENABLED",
      ScheduleExpression: "cron(0 4 * * ? *)",
      ScheduleExpressionTimezone: "Europe/Berlin",
    }),
  ),
  scheduler(
    "UpdateSchedule",
    { ...schedule, State: "DISABLED" },
    answers({
      ScheduleArn: `arn:aws:scheduler:us-east-1:123456789012:schedule/${it}/${it}`,
    }),
  ),
  scheduler("ListSchedules", { GroupName: it }, answers({ Schedules: [{ Name: it, State: "DISABLED" }] })),
  scheduler("DeleteSchedule", { Name: it, GroupName: it }, answers({})),
  scheduler(
    "GetSchedule",
    { Name: it, GroupName: it },
    refuses("ResourceNotFoundException", /does not exist/),
  ),
  scheduler("DeleteScheduleGroup", { Name: it }, answers({})),
];

/** Operations that nobody implements, of a service of ours, of one shared with moto, and of moto's. */
export const unknownRows: readonly Row[] = [
  {
    service: "ecs",
    operation: "DeleteAttributes",
    input: { attributes: [{ name: "a" }] },
    expected: refuses("NotImplemented", /ecs\.DeleteAttributes is not implemented/),
  },
  {
    service: "rds",
    operation: "CreateDBCluster",
    input: { DBClusterIdentifier: it, Engine: "aurora-postgresql" },
    expected: refuses("NotImplemented", /rds\.CreateDBCluster is not implemented/),
  },
  {
    service: "sqs",
    operation: "StartMessageMoveTask",
    input: { SourceArn: "arn:aws:sqs:us-east-1:123456789012:dead" },
    expected: refuses("NotImplemented", /sqs\.StartMessageMoveTask is not implemented/),
  },
];
