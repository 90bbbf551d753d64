import type { CloudFrontKeyValueStore } from "@aws-sdk/client-cloudfront-keyvaluestore";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { BatchGetImageCommandInput, ECR } from "@aws-sdk/client-ecr";
import type {
  DescribeTargetGroupsCommandInput,
  DescribeTargetHealthCommandInput,
  ElasticLoadBalancingV2,
  ModifyTargetGroupCommandInput,
  TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ElastiCache } from "@aws-sdk/client-elasticache";
import type { Scheduler } from "@aws-sdk/client-scheduler";
import type { STS } from "@aws-sdk/client-sts";
import type { Ports, StackPlace } from "../ports.ts";
import { FakeAwsError, fakeClient, type Journal } from "./fake-client.ts";
import { type FakeEcs, fakeEcs } from "./fake-ecs.ts";
import { type FakeS3, fakeS3 } from "./fake-s3.ts";
import { type FakeSecrets, fakeSecrets } from "./fake-secrets.ts";

/** An account in memory, open to the test. */
export interface FakeWorld {
  readonly ports: Ports;
  readonly journal: Journal;
  readonly ecs: FakeEcs;
  readonly s3: FakeS3;
  readonly secrets: FakeSecrets;
  /** The KeyValueStore. */
  readonly keys: Map<string, string>;
  /** Revision that each schedule starts, by schedule name. */
  readonly schedules: Map<string, { arn: string; state: string }>;
  /** What ElastiCache was told, in order. */
  readonly tokens: string[];
  /** `<repository>@<digest>` of images that are there no more. */
  readonly gone: Set<string>;
  /** Target groups that were told what to ask, by ARN. */
  readonly groups: Map<string, TargetGroup>;
  /** Lines of every log stream, by stream name. */
  readonly lines: Map<string, readonly string[]>;
}

/** Whom the credentials belong to. */
export const account = "111111111111";

export function fakeWorld(): FakeWorld {
  const journal: Journal = { calls: [] };
  const ecs = fakeEcs(journal);
  const s3 = fakeS3(journal);
  const secrets = fakeSecrets(journal);
  const keys = new Map<string, string>();
  const schedules = new Map<string, { arn: string; state: string }>();
  const tokens: string[] = [];
  const lines = new Map<string, readonly string[]>();
  const gone = new Set<string>();
  const groups = new Map<string, TargetGroup>();
  const world = { journal, ecs, s3, secrets, keys, schedules, tokens, lines, gone, groups };
  const caches = fakeClient<ElastiCache>(journal, elasticache(tokens));
  const aws = {
    region: "us-east-1",
    ecs: async () => ecs.client,
    s3: async () => s3.client,
    secrets: async () => secrets.client,
    keyValueStore: async () => fakeClient<CloudFrontKeyValueStore>(journal, keyValueStore(keys)),
    scheduler: async () => fakeClient<Scheduler>(journal, scheduler(schedules)),
    elasticache: async () => caches,
    logs: async () => fakeClient<CloudWatchLogs>(journal, logs(lines)),
    loadBalancing: async () => fakeClient<ElasticLoadBalancingV2>(journal, balancing(groups)),
    sts: async () =>
      fakeClient<STS>(journal, {
        getCallerIdentity: () => ({ Account: account, Arn: "arn:aws:iam::1:user/ada" }),
      }),
    ecr: async () => fakeClient<ECR>(journal, registry(gone)),
  };
  return { ...world, ports: fakePorts(aws) };
}

/** The rest of the outside: a clock that jumps, a project without Git. */
function fakePorts(aws: object): Ports {
  let now = Date.UTC(2026, 0, 1);
  const ports = {
    aws,
    clock: {
      now: () => new Date(now),
      sleep: async (milliseconds: number) => {
        now += milliseconds;
      },
    },
    git: { head: async () => undefined },
    files: {
      project: "/project",
      list: async () => [],
      locate: async () => ({ kind: "project" }),
      published: async (folder: string) => ({ folder, paths: [] }),
      exists: async () => false,
    },
    work: {
      stack: async ({ key }: StackPlace) => ({
        run: `/work/${key.replace(/\.tfstate$/, "")}`,
        shared: "/work/data",
      }),
      sweep: async () => [],
      site: async (digest: string) => `/work/sites/${digest}`,
    },
    runner: { user: "ada", host: "laptop", pid: 1 },
    processes: { startOf: async (pid: number) => `start of ${pid}` },
    questions: { confirm: async () => true, typed: async () => true },
  };
  // What a verb does not ask for is not there; asking for it fails the test.
  return ports as unknown as Ports;
}

function keyValueStore(keys: Map<string, string>) {
  return {
    describeKeyValueStore: () => ({ ETag: "etag" }),
    getKey: ({ Key }: { readonly Key: string }) => {
      const Value = keys.get(Key);
      if (Value === undefined) throw new FakeAwsError("ResourceNotFoundException");
      return { Value };
    },
    updateKeys: ({
      Puts,
    }: {
      readonly Puts: readonly { readonly Key: string; readonly Value: string }[];
    }) => {
      for (const { Key, Value } of Puts) keys.set(Key, Value);
      return {};
    },
  };
}

function registry(gone: FakeWorld["gone"]) {
  return {
    batchGetImage: ({ repositoryName, imageIds = [] }: BatchGetImageCommandInput) => ({
      images: [],
      failures: imageIds
        .filter(({ imageDigest }) => gone.has(`${repositoryName}@${imageDigest}`))
        .map((imageId) => ({ imageId, failureCode: "ImageNotFound" })),
    }),
  };
}

/** Every target is well, but where the check asks for a path that no task of the shop knows. */
function balancing(groups: FakeWorld["groups"]) {
  const groupOf = (arn: string): TargetGroup => groups.get(arn) ?? {};
  return {
    describeTargetGroups: ({ TargetGroupArns: [arn = ""] = [] }: DescribeTargetGroupsCommandInput) => ({
      TargetGroups: [groupOf(arn)],
    }),
    modifyTargetGroup: ({ TargetGroupArn = "", ...check }: ModifyTargetGroupCommandInput) => {
      groups.set(TargetGroupArn, { ...groupOf(TargetGroupArn), ...check });
      return {};
    },
    describeTargetHealth: ({ TargetGroupArn = "" }: DescribeTargetHealthCommandInput) => {
      const { HealthCheckPath, Matcher } = groupOf(TargetGroupArn);
      const isUnknown = HealthCheckPath === "/nowhere" && Matcher?.HttpCode !== "200-499";
      const Description = "Health checks failed with these codes: [404]";
      const TargetHealth = isUnknown ? { State: "unhealthy", Description } : { State: "healthy" };
      return { TargetHealthDescriptions: [{ TargetHealth }] };
    },
  };
}

function scheduler(schedules: FakeWorld["schedules"]) {
  return {
    getSchedule: ({ Name }: { readonly Name: string }) => ({
      Name,
      State: schedules.get(Name)?.state,
      ScheduleExpression: "rate(1 minute)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: {
        Arn: "cluster",
        RoleArn: "role",
        EcsParameters: { TaskDefinitionArn: schedules.get(Name)?.arn },
      },
    }),
    getScheduleGroup: () => {
      throw new FakeAwsError("ResourceNotFoundException");
    },
    updateSchedule: (input: {
      readonly Name: string;
      readonly State: string;
      readonly Target: { readonly EcsParameters: { readonly TaskDefinitionArn: string } };
    }) => {
      const { Name, State: state, Target } = input;
      schedules.set(Name, { arn: Target.EcsParameters.TaskDefinitionArn, state });
      return {};
    },
  };
}

/** Needs some looks before a change is over, as a real group needs minutes. */
function elasticache(tokens: string[]) {
  let busy = 0;
  return {
    describeReplicationGroups: () => {
      const Status = busy > 0 ? "modifying" : "available";
      busy -= 1;
      return { ReplicationGroups: [{ Status, AuthTokenEnabled: tokens.length > 0 }] };
    },
    modifyReplicationGroup: (input: {
      readonly AuthToken: string;
      readonly AuthTokenUpdateStrategy: string;
    }) => {
      if (busy > 0) throw new FakeAwsError("InvalidReplicationGroupState");
      busy = 4;
      tokens.push(`${input.AuthTokenUpdateStrategy} ${input.AuthToken}`);
      return {};
    },
  };
}

/** A group holds the lines of the streams that begin like it; they were written a second apart. */
function logs(lines: FakeWorld["lines"]) {
  return {
    filterLogEvents: ({
      logGroupName,
      startTime,
    }: {
      readonly logGroupName: string;
      readonly startTime: number;
    }) => {
      const found = [...lines].find(([stream]) => stream === logGroupName)?.[1] ?? [];
      const events = found.map((message, index) => ({
        eventId: `${index}`,
        message,
        timestamp: index * 1000,
      }));
      return { events: events.filter((event) => event.timestamp >= startTime) };
    },
    getLogEvents: ({
      logStreamName,
      nextToken,
    }: {
      readonly logStreamName: string;
      readonly nextToken?: string;
    }) => {
      const found = lines.get(logStreamName);
      if (found === undefined) throw new FakeAwsError("ResourceNotFoundException");
      const events = nextToken === undefined ? found.map((message) => ({ message, timestamp: 0 })) : [];
      return { events, nextForwardToken: "end" };
    },
  };
}
