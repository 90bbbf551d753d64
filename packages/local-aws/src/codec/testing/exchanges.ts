import { Agent } from "node:http";
import { CloudFront } from "@aws-sdk/client-cloudfront";
import { CloudFrontKeyValueStore } from "@aws-sdk/client-cloudfront-keyvaluestore";
import { ECR } from "@aws-sdk/client-ecr";
import { ECS } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { ElastiCache } from "@aws-sdk/client-elasticache";
import { RDS } from "@aws-sdk/client-rds";
import { Scheduler } from "@aws-sdk/client-scheduler";
import "@aws-sdk/signature-v4a";

/** The AWS SDK for JavaScript is the other end: it encodes what the codec decodes, and reads what the codec encodes. */
export interface Exchange {
  readonly model: string;
  readonly operation: string;
  /** Sends the call through a real client; resolves to what the client makes of the answer. */
  readonly send: (endpoint: string, input: never) => Promise<unknown>;
  readonly input: object;
  readonly output: object;
}

const at = new Date("2026-03-04T05:06:07.000Z");
export const config = (endpoint: string) => ({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "AKIA", secretAccessKey: "x" },
  maxAttempts: 1,
});

const kvs = "arn:aws:cloudfront::123456789012:key-value-store/11111111-2222-3333-4444-555555555555";

/** Its client puts the account before the host's name, and Node resolves no `*.localhost`. */
function keyValueStore(endpoint: string): CloudFrontKeyValueStore {
  const httpAgent = new Agent({
    lookup: (_name, _options, found) => found(null, [{ address: "127.0.0.1", family: 4 }]),
  });
  const byName = endpoint.replace("127.0.0.1", "localhost");
  return new CloudFrontKeyValueStore({ ...config(byName), requestHandler: { httpAgent } });
}

export const exchanges: readonly Exchange[] = [
  {
    model: "ecs",
    operation: "RegisterTaskDefinition",
    send: (endpoint, input) => new ECS(config(endpoint)).registerTaskDefinition(input),
    input: {
      family: "web",
      containerDefinitions: [
        {
          name: "api",
          image: "api:1",
          essential: true,
          environment: [{ name: "A", value: 'quotes " and ünïcode\n' }],
          logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "g" } },
        },
      ],
      tags: [],
    },
    output: {
      taskDefinition: { taskDefinitionArn: "arn:1", revision: 3, registeredAt: at, cpu: "256" },
      tags: [{ key: "a", value: "" }],
    },
  },
  {
    model: "ecr",
    operation: "UploadLayerPart",
    send: (endpoint, input) => new ECR(config(endpoint)).uploadLayerPart(input),
    input: {
      repositoryName: "api",
      uploadId: "u",
      partFirstByte: 0,
      partLastByte: 3,
      layerPartBlob: new Uint8Array([0, 255, 128, 10]),
    },
    output: { uploadId: "u", lastByteReceived: 3 },
  },
  {
    model: "rds",
    operation: "CreateDBInstance",
    send: (endpoint, input) => new RDS(config(endpoint)).createDBInstance(input),
    input: {
      DBInstanceIdentifier: "db",
      DBInstanceClass: "db.t4g.micro",
      Engine: "postgres",
      AllocatedStorage: 20,
      MultiAZ: false,
      VpcSecurityGroupIds: ["sg-1", "sg-2"],
      Tags: [{ Key: "a b", Value: "c&d=e" }],
      EnableCloudwatchLogsExports: [],
    },
    output: {
      DBInstance: {
        DBInstanceIdentifier: "db",
        InstanceCreateTime: at,
        AllocatedStorage: 20,
        MultiAZ: false,
        Endpoint: { Address: "db.local", Port: 5432 },
        VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-1", Status: "active" }],
        ReadReplicaDBInstanceIdentifiers: [],
        TagList: [{ Key: "<a>", Value: "&" }],
      },
    },
  },
  {
    model: "rds",
    operation: "DescribeDBInstances",
    send: (endpoint, input) => new RDS(config(endpoint)).describeDBInstances(input),
    input: { Filters: [{ Name: "engine", Values: ["postgres", "mysql"] }], MaxRecords: 20 },
    output: { DBInstances: [{ DBInstanceIdentifier: "a" }, { DBInstanceIdentifier: "b" }], Marker: "m" },
  },
  {
    model: "rds",
    operation: "ModifyDBParameterGroup",
    send: (endpoint, input) => new RDS(config(endpoint)).modifyDBParameterGroup(input),
    input: {
      DBParameterGroupName: "p",
      Parameters: [{ ParameterName: "rds.force_ssl", ParameterValue: "1", ApplyMethod: "immediate" }],
    },
    output: { DBParameterGroupName: "p" },
  },
  {
    model: "elasticache",
    operation: "CreateReplicationGroup",
    send: (endpoint, input) => new ElastiCache(config(endpoint)).createReplicationGroup(input),
    input: {
      ReplicationGroupId: "cache",
      ReplicationGroupDescription: "d",
      SecurityGroupIds: ["sg-1"],
      TransitEncryptionEnabled: true,
      NodeGroupConfiguration: [{ NodeGroupId: "0001", ReplicaAvailabilityZones: ["a", "b"] }],
    },
    output: {
      ReplicationGroup: {
        ReplicationGroupId: "cache",
        MemberClusters: ["cache-001"],
        NodeGroups: [
          { NodeGroupId: "0001", PrimaryEndpoint: { Address: "h", Port: 6379 }, NodeGroupMembers: [] },
        ],
        AuthTokenEnabled: false,
        ReplicationGroupCreateTime: at,
      },
    },
  },
  {
    model: "elbv2",
    operation: "CreateRule",
    send: (endpoint, input) => new ElasticLoadBalancingV2(config(endpoint)).createRule(input),
    input: {
      ListenerArn: "arn",
      Priority: 7,
      Conditions: [{ Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "x-e", Values: ["a", "b"] } }],
      Actions: [{ Type: "forward", ForwardConfig: { TargetGroups: [{ TargetGroupArn: "t", Weight: 1 }] } }],
    },
    output: { Rules: [{ RuleArn: "r", Priority: "7", IsDefault: false, Conditions: [], Actions: [] }] },
  },
  {
    model: "cloudfront",
    operation: "CreateInvalidation",
    send: (endpoint, input) => new CloudFront(config(endpoint)).createInvalidation(input),
    input: {
      DistributionId: "E1",
      InvalidationBatch: { Paths: { Quantity: 2, Items: ["/a&b", "/*"] }, CallerReference: "now" },
    },
    output: {
      Location: "https://cloudfront/1",
      Invalidation: {
        Id: "I1",
        Status: "Completed",
        CreateTime: at,
        InvalidationBatch: { Paths: { Quantity: 1, Items: ["/*"] }, CallerReference: "now" },
      },
    },
  },
  {
    model: "cloudfront",
    operation: "CreateFunction",
    send: (endpoint, input) => new CloudFront(config(endpoint)).createFunction(input),
    input: {
      Name: "f",
      FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" },
      FunctionCode: new Uint8Array(Buffer.from("function handler(e) { return e.request < 1 && true }")),
    },
    output: {
      ETag: "E3",
      Location: "l",
      FunctionSummary: {
        Name: "f",
        Status: "UNPUBLISHED",
        FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" },
        FunctionMetadata: { FunctionARN: "arn", LastModifiedTime: at, Stage: "DEVELOPMENT" },
      },
    },
  },
  {
    model: "cloudfront",
    operation: "TagResource",
    send: (endpoint, input) => new CloudFront(config(endpoint)).tagResource(input),
    input: { Resource: "arn:aws:cloudfront::1:distribution/E1", Tags: { Items: [{ Key: "k", Value: "v" }] } },
    output: {},
  },
  {
    model: "cloudfront",
    operation: "DeleteDistribution",
    send: (endpoint, input) => new CloudFront(config(endpoint)).deleteDistribution(input),
    input: { Id: "E1", IfMatch: "ETAG" },
    output: {},
  },
  {
    model: "scheduler",
    operation: "CreateSchedule",
    send: (endpoint, input) => new Scheduler(config(endpoint)).createSchedule(input),
    input: {
      Name: "cron",
      ClientToken: "t",
      ScheduleExpression: "cron(* * * * ? *)",
      FlexibleTimeWindow: { Mode: "OFF" },
      StartDate: at,
      Target: {
        Arn: "a",
        RoleArn: "r",
        EcsParameters: { TaskDefinitionArn: "t", PropagateTags: "TASK_DEFINITION" },
      },
    },
    output: { ScheduleArn: "arn:1" },
  },
  {
    model: "scheduler",
    operation: "ListSchedules",
    send: (endpoint, input) => new Scheduler(config(endpoint)).listSchedules(input),
    input: { GroupName: "g", MaxResults: 5, NextToken: "a+b/c=" },
    output: { Schedules: [{ Name: "n", CreationDate: at }], NextToken: "next" },
  },
  {
    model: "scheduler",
    operation: "GetSchedule",
    send: (endpoint, input) => new Scheduler(config(endpoint)).getSchedule(input),
    input: { Name: "n", GroupName: "g" },
    output: { Name: "n", State: "ENABLED", FlexibleTimeWindow: { Mode: "OFF" } },
  },
  {
    model: "cloudfront-keyvaluestore",
    operation: "PutKey",
    send: (endpoint, input) => keyValueStore(endpoint).putKey(input),
    input: { KvsARN: kvs, Key: "a/b c", Value: "v", IfMatch: "E1" },
    output: { ETag: "E2", ItemCount: 1, TotalSizeInBytes: 6 },
  },
  {
    model: "cloudfront-keyvaluestore",
    operation: "UpdateKeys",
    send: (endpoint, input) => keyValueStore(endpoint).updateKeys(input),
    input: { KvsARN: kvs, IfMatch: "E1", Puts: [{ Key: "k", Value: "v" }], Deletes: [{ Key: "d" }] },
    output: { ETag: "E2", ItemCount: 1, TotalSizeInBytes: 6 },
  },
];
