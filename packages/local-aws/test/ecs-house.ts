import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import {
  type ContainerDefinition,
  ECS,
  type RegisterTaskDefinitionCommandInput,
  type Service,
  type Task,
} from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAM } from "@aws-sdk/client-iam";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { connectDocker } from "../src/docker/docker.ts";
import { type LocalAws, startLocalAws } from "../src/start.ts";

/** A running local-aws with a VPC, a cluster, a role and a log group, and clients as any user of AWS has them. */
export interface EcsHouse {
  readonly port: number;
  readonly ecs: ECS;
  readonly elbv2: ElasticLoadBalancingV2;
  readonly ec2: EC2;
  readonly logs: CloudWatchLogs;
  readonly secrets: SecretsManager;
  readonly ssm: SSM;
  readonly vpcId: string;
  readonly subnets: readonly string[];
  readonly roleArn: string;
  /** Orders faults at `/_local/faults`; answers what it answers. */
  order(orders: unknown): Promise<unknown>;
  /** Stops and starts again on the same folder. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const cluster = "house";
export const logGroup = "/house";

export async function openEcsHouse(): Promise<EcsHouse> {
  const folder = await mkdtemp(join(tmpdir(), "local-aws-ecs-"));
  const port = randomInt(20_000, 30_000);
  const asked = {
    port,
    folder,
    pid: process.pid,
    environment: process.env,
    calledFrom: "/",
    onShutdown: () => undefined,
  };
  let local: LocalAws = await startLocalAws(asked);
  const client = {
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const ecs = new ECS(client);
  const ec2 = new EC2(client);
  const logs = new CloudWatchLogs(client);
  const { Vpc } = await ec2.createVpc({ CidrBlock: "10.9.0.0/16" });
  const vpcId = Vpc?.VpcId ?? "";
  const subnets = await Promise.all(
    ["a", "b"].map(async (zone, index) => {
      const asked = { VpcId: vpcId, CidrBlock: `10.9.${index}.0/24`, AvailabilityZone: `us-east-1${zone}` };
      return (await ec2.createSubnet(asked)).Subnet?.SubnetId ?? "";
    }),
  );
  const policy = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  };
  const { Role } = await new IAM(client).createRole({
    RoleName: "task",
    AssumeRolePolicyDocument: JSON.stringify(policy),
  });
  await logs.createLogGroup({ logGroupName: logGroup });
  await ecs.createCluster({ clusterName: cluster, capacityProviders: ["FARGATE", "FARGATE_SPOT"] });
  return {
    port,
    ecs,
    ec2,
    logs,
    elbv2: new ElasticLoadBalancingV2(client),
    secrets: new SecretsManager(client),
    ssm: new SSM(client),
    vpcId,
    subnets,
    roleArn: Role?.Arn ?? "",
    order: (orders) => orderFaults(local, orders),
    restart: async () => {
      await local.stop();
      local = await startLocalAws(asked);
    },
    close: async () => {
      await local.stop();
      await removeNetworks(local.settings.label);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function orderFaults({ settings, token }: LocalAws, orders: unknown): Promise<unknown> {
  const answer = await fetch(`${settings.endpoint}/_local/faults`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(orders),
  });
  return answer.json();
}

/** VPCs' bridges outlive a stop; nobody will start this instance again. */
async function removeNetworks({
  key,
  value,
}: {
  readonly key: string;
  readonly value: string;
}): Promise<void> {
  const docker = await connectDocker(process.env, process.platform);
  const left = await docker.listNetworks({ label: [`${key}=${value}`] });
  await Promise.all(left.map(({ Id }) => docker.removeNetwork(Id)));
}

export const network = ({ subnets }: EcsHouse) => ({ awsvpcConfiguration: { subnets: [...subnets] } });

/** A Fargate definition of one container named `main`, with its output in the house's log group. */
export function definition(
  house: EcsHouse,
  family: string,
  main: Partial<ContainerDefinition>,
  more: Partial<RegisterTaskDefinitionCommandInput> = {},
): RegisterTaskDefinitionCommandInput {
  return {
    family,
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    cpu: "1024",
    memory: "2048",
    executionRoleArn: house.roleArn,
    taskRoleArn: house.roleArn,
    containerDefinitions: [
      {
        name: "main",
        image: "node:24-slim",
        logConfiguration: {
          logDriver: "awslogs",
          options: {
            "awslogs-group": logGroup,
            "awslogs-region": "us-east-1",
            "awslogs-stream-prefix": "test",
          },
        },
        ...main,
      },
    ],
    ...more,
  };
}

/** Registers, runs once and answers the task after its end. */
export async function runOnce(
  house: EcsHouse,
  asked: RegisterTaskDefinitionCommandInput,
  more: object = {},
): Promise<Task> {
  const { taskDefinition } = await house.ecs.registerTaskDefinition(asked);
  const { tasks } = await house.ecs.runTask({
    cluster,
    taskDefinition: taskDefinition?.taskDefinitionArn,
    launchType: "FARGATE",
    networkConfiguration: network(house),
    ...more,
  });
  return untilTask(house, tasks?.[0]?.taskArn ?? "", ({ lastStatus }) => lastStatus === "STOPPED");
}

export async function untilTask(
  house: EcsHouse,
  arn: string,
  done: (task: Task) => boolean,
  seconds = 60,
): Promise<Task> {
  const read = async () => (await house.ecs.describeTasks({ cluster, tasks: [arn] })).tasks?.[0] ?? {};
  return until(read, done, seconds);
}

export async function untilService(
  house: EcsHouse,
  name: string,
  done: (service: Service) => boolean,
  seconds = 90,
): Promise<Service> {
  const read = async () =>
    (await house.ecs.describeServices({ cluster, services: [name] })).services?.[0] ?? {};
  return until(read, done, seconds);
}

/** Reads until it is as wanted; what was read last is in the message when it never is. */
async function until<T>(read: () => Promise<T>, done: (value: T) => boolean, seconds: number): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (done(value)) return value;
    if (Date.now() > end)
      throw new RangeError(`not so after ${seconds} s: ${JSON.stringify(value, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Lines of a task's container `main`. */
export async function linesOf(house: EcsHouse, task: Task): Promise<readonly string[]> {
  const id = task.taskArn?.split("/").at(-1);
  const logStreamName = `test/main/${id}`;
  const { events = [] } = await house.logs.getLogEvents({
    logGroupName: logGroup,
    logStreamName,
    startFromHead: true,
  });
  return events.map(({ message = "" }) => message);
}
