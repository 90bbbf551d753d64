import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { AwsPort } from "../../packages/freehold/src/engine/ports.ts";
import { labelOf } from "../../packages/local-aws/src/docker/label.ts";

/** What a killed run may leave and the next must clear: leases, locks, containers without a task, one-off tasks, twins. */
export async function leftovers(aws: AwsPort, folder: string): Promise<readonly string[]> {
  const found = await Promise.all([marks(aws), strayContainers(aws, folder), oneOffTasks(aws), twins(aws)]);
  return found.flat().sort();
}

const marksOfRuns = /\/leases\/|\.lease\.json$|\.tflock$|\.broken-off$/;

async function marks(aws: AwsPort): Promise<readonly string[]> {
  const s3 = await aws.s3();
  const { Buckets = [] } = await s3.listBuckets({});
  const keys = await Promise.all(
    Buckets.map(async ({ Name = "" }) => {
      const { Contents = [] } = await s3.listObjectsV2({ Bucket: Name });
      return Contents.map(({ Key = "" }) => `${Name}/${Key}`);
    }),
  );
  return keys.flat().filter((key) => marksOfRuns.test(key));
}

/** Containers of tasks that ECS does not know, or knows to have stopped. */
async function strayContainers(aws: AwsPort, folder: string): Promise<readonly string[]> {
  const known = (await tasksOf(aws)).map(({ taskArn }) => taskArn);
  const { key, value } = labelOf(folder);
  const format = '{{.Label "com.amazonaws.ecs.task-arn"}} {{.Names}}';
  const filters = ["--filter", `label=${key}=${value}`, "--filter", "label=local-aws.service=ecs"];
  const { stdout } = await promisify(execFile)("docker", ["ps", "--all", ...filters, "--format", format]);
  const containers = stdout.split("\n").filter((line) => line !== "");
  return containers.filter((line) => !known.includes(line.split(" ")[0]));
}

async function oneOffTasks(aws: AwsPort): Promise<readonly string[]> {
  const started = (await tasksOf(aws)).map(({ startedBy = "" }) => startedBy);
  return started.filter((by) => by.startsWith("freehold/"));
}

async function tasksOf(aws: AwsPort) {
  const ecs = await aws.ecs();
  const { clusterArns = [] } = await ecs.listClusters({});
  const tasks = clusterArns.map(async (cluster) => {
    const { taskArns = [] } = await ecs.listTasks({ cluster, desiredStatus: "RUNNING" });
    if (taskArns.length === 0) return [];
    return (await ecs.describeTasks({ cluster, tasks: taskArns })).tasks ?? [];
  });
  return (await Promise.all(tasks)).flat();
}

/** Kinds of which AWS lets two of a name stand side by side, with how many there should be. */
async function twins(aws: AwsPort): Promise<readonly string[]> {
  const ec2 = await aws.ec2();
  const cloudfront = await aws.cloudfront();
  const Filters = [{ Name: "tag:ManagedBy", Values: ["freehold"] }];
  const counts = {
    networks: (await ec2.describeVpcs({ Filters })).Vpcs?.length,
    subnets: (await ec2.describeSubnets({ Filters })).Subnets?.length,
    "internet gateways": (await ec2.describeInternetGateways({ Filters })).InternetGateways?.length,
    addresses: (await ec2.describeAddresses({ Filters })).Addresses?.length,
    "NAT gateways": (
      await ec2.describeNatGateways({ Filter: [...Filters, { Name: "state", Values: ["available"] }] })
    ).NatGateways?.length,
    "route tables": (await ec2.describeRouteTables({ Filters })).RouteTables?.length,
    distributions: (await cloudfront.listDistributions({})).DistributionList?.Items?.length,
    "VPC origins": (await cloudfront.listVpcOrigins({})).VpcOriginList?.Items?.length,
  };
  const wanted: typeof counts = {
    networks: 1,
    subnets: 6,
    "internet gateways": 1,
    addresses: 1,
    "NAT gateways": 1,
    "route tables": 3,
    distributions: 1,
    "VPC origins": 1,
  };
  return Object.entries(counts).flatMap(([name, count]) =>
    count === wanted[name as keyof typeof counts] ? [] : [`${count} ${name}`],
  );
}
