import type { CloudFront } from "@aws-sdk/client-cloudfront";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { DynamoDB } from "@aws-sdk/client-dynamodb";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { ECR } from "@aws-sdk/client-ecr";
import type { ECS } from "@aws-sdk/client-ecs";
import type { EFS } from "@aws-sdk/client-efs";
import type { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ElastiCache } from "@aws-sdk/client-elasticache";
import type { IAM } from "@aws-sdk/client-iam";
import type { RDS } from "@aws-sdk/client-rds";
import type { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import type { S3 } from "@aws-sdk/client-s3";
import type { Scheduler } from "@aws-sdk/client-scheduler";
import type { ServiceDiscovery } from "@aws-sdk/client-servicediscovery";
import type { SNS } from "@aws-sdk/client-sns";
import type { SQS } from "@aws-sdk/client-sqs";
import { stateBucketName } from "../bootstrap.ts";
import type { AwsPort, Ports, Question } from "../ports.ts";
import { Secret } from "../secrets/value.ts";
import { setSecret } from "../secrets.ts";
import { FakeAwsError, fakeClient } from "./fake-client.ts";
import { type FakeInventory, fakeInventory, overlay } from "./fake-inventory.ts";
import { account, type FakeWorld, fakeWorld } from "./fake-ports.ts";
import { type FakeTerraform, fakeTerraform } from "./fake-terraform.ts";
import { provisionShop, shopApplication, shopTarget } from "./shop.ts";

/** A whole account with the outside of one run: what `up` and `destroy` need, from nothing to a running shop. */
export interface FakeAccount extends FakeWorld {
  readonly terraform: FakeTerraform;
  /** Every question that was asked; `isYes` answers them. */
  readonly questions: { isYes: boolean; readonly asked: string[] };
  /** Revisions by family that ECS still knows. */
  readonly families: Map<string, string[]>;
  readonly inventory: FakeInventory;
}

export const stateBucket = stateBucketName(account, "us-east-1");

/** What everything of the shop's environment bears. */
export const ownTags = {
  Application: "shop",
  Collection: "default",
  Environment: "dev",
  ManagedBy: "freehold",
} as const;

/** Nothing is there but the secret that `secrets set` has made. */
export async function fakeAccount(): Promise<FakeAccount> {
  const world = fakeWorld();
  const files = new Map<string, string>();
  const questions = { isYes: true, asked: [] as string[] };
  const families = new Map<string, string[]>();
  const inventory = fakeInventory();
  const terraform = fakeTerraform({
    files,
    writeState: (place, text) => world.s3.objects.set(place, text),
    outputs: (folder) => outputsOf(folder, world),
    removed: (type, args) => leave(type, args, world, inventory),
  });
  const ask = async ({ text }: Question) => {
    questions.asked.push(text);
    return questions.isYes;
  };
  const ports: Ports = {
    ...world.ports,
    aws: clients(world, families, inventory),
    terraform: terraform.port,
    docker: docker(),
    files: {
      ...world.ports.files,
      placeOf: () => undefined,
      exists: async (path) => !path.startsWith("/work/") && !path.endsWith("/.freehold"),
      readText: async () => "",
      locate: async () => ({ kind: "project" }),
      readInput: async () => new Uint8Array(),
      published: async (folder) => ({ folder, paths: [] }),
      readPublished: async () => new Uint8Array(),
      remove: async () => {},
      write: async (path, content) => void files.set(path, String(content)),
    },
    hostCommands: {
      pinned: [],
      recall: async () => ({ kind: "read", commands: agreedCommands }),
      remember: async () => {},
      run: async () => {},
    },
    questions: { confirm: ask, typed: ask },
    certificates: async () => "PEM",
  };
  await setSecret({ application: shopApplication(), name: "STRIPE_KEY", value: new Secret("canary") }, ports);
  world.journal.calls.length = 0;
  return { ...world, ports, terraform, questions, families, inventory };
}

const agreedCommands = [{ folder: "web", command: "build" }];

const repositories = Object.fromEntries(
  ["api", "db", "report", "worker"].map((name) => [name, `registry/shop-${name}`]),
);

function outputsOf(folder: string, world: FakeWorld): unknown {
  const chosen = { repositories, zones: ["name-of-use1-az1", "name-of-use1-az2"] };
  if (folder.endsWith("/collection")) return { ...shopTarget().shared, ...chosen };
  if (world.ecs.services.size === 0) provisionShop(world);
  return shopTarget().outputs;
}

/** What AWS keeps of a thing that Terraform removes. */
function leave(
  type: string,
  args: Readonly<Record<string, unknown>>,
  { secrets }: FakeWorld,
  { things }: FakeInventory,
): void {
  const snapshot = args["final_snapshot_identifier"];
  if (type === "aws_db_instance" && typeof snapshot === "string")
    things.set(`arn:aws:rds:us-east-1:${account}:snapshot:${snapshot}`, ownTags);
  if (type !== "aws_secretsmanager_secret" || args["recovery_window_in_days"] === 0) return;
  const name = String(args["name"]);
  if (!secrets.secrets.has(name)) secrets.secrets.set(name, new Map());
  secrets.tags.set(
    name,
    Object.entries(ownTags).map(([Key, Value]) => ({ Key, Value })),
  );
  secrets.waiting.add(name);
}

function clients(world: FakeWorld, families: FakeAccount["families"], inventory: FakeInventory) {
  const { journal, ecs, secrets, s3 } = world;
  const over = <Client>(below?: object) => overlay<Client>(journal, inventory, below);
  const zones = ["use1-az3", "use1-az2", "use1-az1"].map((ZoneId) => ({
    ZoneId,
    ZoneName: `name-of-${ZoneId}`,
  }));
  const revisions = fakeClient<ECS>(journal, taskDefinitions(families, ecs.client));
  const own = Object.keys(taskDefinitions(families, ecs.client));
  const containers = new Proxy(ecs.client, {
    get: (client, name) => Reflect.get(own.includes(String(name)) ? revisions : client, name),
  });
  const network = fakeClient<EC2>(journal, {
    describeAvailabilityZones: () => ({ AvailabilityZones: zones }),
    describeSecurityGroups: ({ Filters }: { readonly Filters: readonly unknown[] }) => ({
      SecurityGroups: JSON.stringify(Filters).includes("CloudFront")
        ? [{ GroupId: "sg-left-by-cloudfront" }]
        : [],
    }),
    deleteSecurityGroup: () => ({}),
  });
  const edge = fakeClient<CloudFront>(journal, {
    getVpcOrigin: () => {
      throw new FakeAwsError("EntityNotFound");
    },
  });
  const images = fakeClient<ECR>(journal, {
    describeImages: () => {
      throw new FakeAwsError("ImageNotFoundException");
    },
    batchGetImage: () => ({ images: [] }),
    getAuthorizationToken: () => ({ authorizationData: [{ authorizationToken: btoa("AWS:password") }] }),
  });
  const names = fakeClient<ServiceDiscovery>(journal, {
    listServices: () => ({ Services: [] }),
    deleteService: ({ Id }: { Id: string }) => {
      const arn = [...inventory.things.keys()].find((one) => one.endsWith(`:service/${Id}`));
      if (arn === undefined) throw new FakeAwsError("ServiceNotFound");
      inventory.things.delete(arn);
      return {};
    },
  });
  const { scheduler, loadBalancing, logs, elasticache } = world.ports.aws;
  const aws = {
    ecs: async () => over<ECS>(containers),
    discovery: async () => over<ServiceDiscovery>(names),
    efs: async () => over<EFS>(names),
    ec2: async () => over<EC2>(network),
    ecr: async () => over<ECR>(images),
    s3: async () => over<S3>(s3.client),
    secrets: async () => secrets.client,
    scheduler: async () => over<Scheduler>(await scheduler()),
    loadBalancing: async () => over<ElasticLoadBalancingV2>(await loadBalancing()),
    logs: async () => over<CloudWatchLogs>(await logs()),
    elasticache: async () => over<ElastiCache>(await elasticache()),
    cloudfront: async () => over<CloudFront>(edge),
    iam: async () => over<IAM>(),
    rds: async () => over<RDS>(),
    dynamodb: async () => over<DynamoDB>(),
    sns: async () => over<SNS>(),
    sqs: async () => over<SQS>(),
    tagging: async () => over<ResourceGroupsTaggingAPI>(),
  };
  const everywhere = { ...world.ports.aws, ...aws, elsewhere: (): AwsPort => everywhere };
  return everywhere;
}

const revisionArn = `arn:aws:ecs:us-east-1:${account}:task-definition/`;

function taskDefinitions(families: FakeAccount["families"], below: ECS) {
  return {
    describeTaskDefinition: (input: { readonly taskDefinition: string }) => {
      const [family = "", revision = ""] = input.taskDefinition.replace(revisionArn, "").split(":");
      if (!input.taskDefinition.startsWith(revisionArn)) return below.describeTaskDefinition(input);
      if (families.get(family)?.includes(revision) !== true) throw new FakeAwsError("ClientException");
      const tags = family.endsWith("-admin") ? {} : ownTags;
      return {
        taskDefinition: { status: revision.endsWith(" off") ? "INACTIVE" : "ACTIVE" },
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      };
    },
    // A prefix in truth: what AWS's page calls "the full family name" need not be.
    listTaskDefinitions: ({ familyPrefix, status }: { familyPrefix: string; status: string }) => ({
      taskDefinitionArns: [...families].flatMap(([family, revisions]) =>
        revisions
          .filter((one) => one.endsWith(" off") === (status === "INACTIVE"))
          .filter(() => family.startsWith(familyPrefix))
          .map((one) => `${revisionArn}${family}:${one}`),
      ),
    }),
    deregisterTaskDefinition: ({ taskDefinition }: { taskDefinition: string }) => {
      const [family = "", revision = ""] = taskDefinition.replace(revisionArn, "").split(":");
      const others = (families.get(family) ?? []).filter((one) => one !== revision);
      families.set(family, [...others, `${revision} off`]);
      return {};
    },
    deleteTaskDefinitions: ({ taskDefinitions }: { taskDefinitions: readonly string[] }) => {
      for (const one of taskDefinitions) {
        const [family = "", revision = ""] = one.replace(revisionArn, "").split(":");
        const number = revision.replace(" off", "");
        const others = (families.get(family) ?? []).filter((each) => each.replace(" off", "") !== number);
        if (others.length === 0) families.delete(family);
        else families.set(family, others);
      }
      return {};
    },
  };
}

function docker(): Ports["docker"] {
  return {
    version: async () => "28.2.2",
    build: async () => {},
    imageId: async () => undefined,
    pull: async () => {},
    tag: async () => {},
    login: async () => {},
    push: async () => `sha256:${"0".repeat(64)}`,
    copyOut: async () => {},
  };
}
