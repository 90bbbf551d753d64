import { cognito, ecr, ecs, scheduler, sts } from "./containers.ts";
import { dynamodb, dynamodbStreams } from "./dynamodb.ts";
import { logs } from "./logs.ts";
import { events, sns, sqs } from "./messaging.ts";
import { kms, secretsmanager, ssm } from "./secrets.ts";
import type { ServiceCalls } from "./service-calls.ts";

/** By the name of the service's model. S3 reads requests, not inputs (`s3.ts`). */
const services: Readonly<Record<string, ServiceCalls>> = {
  "cognito-idp": cognito,
  dynamodb,
  dynamodbstreams: dynamodbStreams,
  ecr,
  ecs,
  events,
  kms,
  logs,
  scheduler,
  secretsmanager,
  sns,
  sqs,
  ssm,
  sts,
};

/** Action prefixes of models whose name is another. */
const prefixes: Readonly<Record<string, string>> = {
  efs: "elasticfilesystem",
  elb: "elasticloadbalancing",
  elbv2: "elasticloadbalancing",
  "cloudfront-keyvaluestore": "cloudfront-keyvaluestore",
  resourcegroupstaggingapi: "tag",
  sesv2: "ses",
  stepfunctions: "states",
};

/** Of a service without a table the actions are known, and no resource is. */
export function callsOf(model: string): ServiceCalls {
  return services[model] ?? { prefix: prefixes[model] ?? model, readers: {} };
}

export function tabulated(): readonly (readonly [string, ServiceCalls])[] {
  return Object.entries(services);
}
