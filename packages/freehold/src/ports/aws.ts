import { lookup as systemLookup } from "node:dns";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { LookupFunction } from "node:net";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { rememberCall } from "../engine/aws-call.ts";
import type { AwsPort } from "../engine/ports.ts";
import { withBucketOwner } from "./bucket-owner.ts";
import { type LocalEndpoint, LoopbackHandler, localOptions } from "./local-clients.ts";

/** Names below `.localhost` are this machine (RFC 6761); Node asks the resolver, which often does not know. */
const lookup: LookupFunction = (hostname, options, callback) =>
  systemLookup(hostname.endsWith(".localhost") ? "127.0.0.1" : hostname, options, callback);

const silent = () => {};

/** Prints nothing; of a call that failed, what it was is remembered for who has to tell it. */
const logger = { trace: silent, debug: silent, info: silent, warn: silent, error: rememberCall };

/**
 * AWS clients of a region; each is loaded and made when first asked for. Credentials and endpoints come from where AWS's
 * own tools take them (https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html), or are those of
 * `local` alone.
 */
export function createAws(region: string, local?: LocalEndpoint): AwsPort {
  const agents = {
    httpAgent: new HttpAgent({ keepAlive: true, lookup }),
    httpsAgent: new HttpsAgent({ keepAlive: true, lookup }),
  };
  const requestHandler =
    local === undefined ? new NodeHttpHandler(agents) : new LoopbackHandler(agents, local);
  const options = { ...(local && localOptions(local)), region, requestHandler, maxAttempts: 5, logger };
  const account = once(async () => (await (await own.sts()).getCallerIdentity({})).Account);
  const own: AwsPort = {
    region,
    elsewhere: (other) => (other === region ? own : createAws(other, local)),
    cloudfront: once(async () => new (await import("@aws-sdk/client-cloudfront")).CloudFront(options)),
    keyValueStore: once(async () => {
      await import("@aws-sdk/signature-v4a");
      const endpoint = local && { endpoint: local.keyValueStoreUrl };
      const { CloudFrontKeyValueStore } = await import("@aws-sdk/client-cloudfront-keyvaluestore");
      return new CloudFrontKeyValueStore({ ...options, ...endpoint });
    }),
    discovery: once(
      async () => new (await import("@aws-sdk/client-servicediscovery")).ServiceDiscovery(options),
    ),
    dynamodb: once(async () => new (await import("@aws-sdk/client-dynamodb")).DynamoDB(options)),
    ec2: once(async () => new (await import("@aws-sdk/client-ec2")).EC2(options)),
    ecr: once(async () => new (await import("@aws-sdk/client-ecr")).ECR(options)),
    ecs: once(async () => new (await import("@aws-sdk/client-ecs")).ECS(options)),
    efs: once(async () => new (await import("@aws-sdk/client-efs")).EFS(options)),
    elasticache: once(async () => new (await import("@aws-sdk/client-elasticache")).ElastiCache(options)),
    iam: once(async () => new (await import("@aws-sdk/client-iam")).IAM(options)),
    loadBalancing: once(
      async () =>
        new (await import("@aws-sdk/client-elastic-load-balancing-v2")).ElasticLoadBalancingV2(options),
    ),
    logs: once(async () => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogs(options)),
    rds: once(async () => new (await import("@aws-sdk/client-rds")).RDS(options)),
    s3: once(async () => withBucketOwner(new (await import("@aws-sdk/client-s3")).S3(options), account)),
    scheduler: once(async () => new (await import("@aws-sdk/client-scheduler")).Scheduler(options)),
    secrets: once(async () => new (await import("@aws-sdk/client-secrets-manager")).SecretsManager(options)),
    sns: once(async () => new (await import("@aws-sdk/client-sns")).SNS(options)),
    sqs: once(async () => new (await import("@aws-sdk/client-sqs")).SQS(options)),
    sts: once(async () => new (await import("@aws-sdk/client-sts")).STS(options)),
    tagging: once(
      async () =>
        new (await import("@aws-sdk/client-resource-groups-tagging-api")).ResourceGroupsTaggingAPI(options),
    ),
  };
  return own;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
