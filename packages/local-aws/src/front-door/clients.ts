import { Agent } from "node:http";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { ECS } from "@aws-sdk/client-ecs";
import { EFS } from "@aws-sdk/client-efs";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAM } from "@aws-sdk/client-iam";
import { S3 } from "@aws-sdk/client-s3";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { ServiceDiscovery } from "@aws-sdk/client-servicediscovery";
import { SQS } from "@aws-sdk/client-sqs";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import { localUser } from "../moto/identity.ts";
import type { AwsClients, Settings } from "../platform.ts";

/** Clients of the front door's inner side, its socket: what the services behind it ask of each other meets no ordered fault. */
export function createClients({
  endpoint,
  region,
  socket,
}: Pick<Settings, "endpoint" | "region" | "socket">): AwsClients {
  const { accessKeyId, secretAccessKey } = localUser;
  const inside = { keepAlive: true, socketPath: socket };
  const requestHandler = { httpAgent: new Agent(inside) };
  const config = { endpoint, region, credentials: { accessKeyId, secretAccessKey }, requestHandler };
  return {
    discovery: new ServiceDiscovery({ ...config, disableHostPrefix: true }),
    ec2: new EC2(config),
    ecs: new ECS(config),
    efs: new EFS(config),
    elbv2: new ElasticLoadBalancingV2(config),
    iam: new IAM(config),
    logs: new CloudWatchLogs(config),
    s3: new S3({ ...config, forcePathStyle: true }),
    secrets: new SecretsManager(config),
    sqs: new SQS(config),
    ssm: new SSM(config),
    sts: new STS(config),
  };
}
