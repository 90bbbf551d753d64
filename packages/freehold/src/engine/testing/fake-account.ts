import type { CloudFront } from "@aws-sdk/client-cloudfront";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { ECR } from "@aws-sdk/client-ecr";
import type { ECS } from "@aws-sdk/client-ecs";
import { stateBucketName } from "../bootstrap.ts";
import type { Ports } from "../ports.ts";
import { Secret } from "../secrets/value.ts";
import { setSecret } from "../secrets.ts";
import { FakeAwsError, fakeClient } from "./fake-client.ts";
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
}

export const stateBucket = stateBucketName(account, "us-east-1");

/** Nothing is there but the secret that `secrets set` has made. */
export async function fakeAccount(): Promise<FakeAccount> {
  const world = fakeWorld();
  const files = new Map<string, string>();
  const questions = { isYes: true, asked: [] as string[] };
  const families = new Map<string, string[]>();
  const terraform = fakeTerraform({
    files,
    writeState: (place, text) => world.s3.objects.set(place, text),
    outputs: (folder) => outputsOf(folder, world),
  });
  const ask = async (question: string) => {
    questions.asked.push(question);
    return questions.isYes;
  };
  const ports: Ports = {
    ...world.ports,
    aws: { ...world.ports.aws, ...clients(world, families) },
    terraform: terraform.port,
    docker: docker(),
    files: {
      ...world.ports.files,
      exists: async (path) => !path.includes("/.freehold/"),
      readText: async () => "",
      readBytes: async () => new Uint8Array(),
      runCommand: async () => {},
      remove: async () => {},
      write: async (path, content) => void files.set(path, String(content)),
    },
    questions: { confirm: ask, typed: ask },
    certificates: async () => "PEM",
  };
  await setSecret({ application: shopApplication(), name: "STRIPE_KEY", value: new Secret("canary") }, ports);
  world.journal.calls.length = 0;
  return { ...world, ports, terraform, questions, families };
}

const repositories = Object.fromEntries(
  ["api", "db", "report", "worker"].map((name) => [name, `registry/shop-${name}`]),
);

function outputsOf(folder: string, world: FakeWorld): unknown {
  const chosen = { repositories, zones: ["name-of-use1-az1", "name-of-use1-az2"] };
  if (folder.endsWith("/collection")) return { ...shopTarget().shared, ...chosen };
  if (world.ecs.services.size === 0) provisionShop(world);
  return shopTarget().outputs;
}

function clients({ journal, ecs }: FakeWorld, families: FakeAccount["families"]) {
  const zones = ["use1-az3", "use1-az2", "use1-az1"].map((ZoneId) => ({
    ZoneId,
    ZoneName: `name-of-${ZoneId}`,
  }));
  const tasks = fakeClient<ECS>(journal, taskDefinitions(families));
  const own = Object.keys(taskDefinitions(families));
  return {
    ecs: async () =>
      new Proxy(ecs.client, {
        get: (client, name) => Reflect.get(own.includes(String(name)) ? tasks : client, name),
      }),
    ec2: async () =>
      fakeClient<EC2>(journal, {
        describeAvailabilityZones: () => ({ AvailabilityZones: zones }),
        describeSecurityGroups: ({ Filters }: { readonly Filters: readonly unknown[] }) => ({
          SecurityGroups: JSON.stringify(Filters).includes("CloudFront")
            ? [{ GroupId: "sg-left-by-cloudfront" }]
            : [],
        }),
        deleteSecurityGroup: () => ({}),
      }),
    cloudfront: async () =>
      fakeClient<CloudFront>(journal, {
        getVpcOrigin: () => {
          throw new FakeAwsError("EntityNotFound");
        },
      }),
    ecr: async () =>
      fakeClient<ECR>(journal, {
        describeImages: () => {
          throw new FakeAwsError("ImageNotFoundException");
        },
        batchGetImage: () => ({ images: [] }),
        getAuthorizationToken: () => ({ authorizationData: [{ authorizationToken: btoa("AWS:password") }] }),
      }),
  };
}

function taskDefinitions(families: FakeAccount["families"]) {
  return {
    // A prefix in truth: what AWS's page calls "the full family name" need not be.
    listTaskDefinitions: ({ familyPrefix, status }: { familyPrefix: string; status: string }) => ({
      taskDefinitionArns: [...families].flatMap(([family, revisions]) =>
        revisions
          .filter((one) => one.endsWith(" off") === (status === "INACTIVE"))
          .filter(() => family.startsWith(familyPrefix))
          .map((one) => `arn:task-definition/${family}:${one}`),
      ),
    }),
    deregisterTaskDefinition: ({ taskDefinition }: { taskDefinition: string }) => {
      const [family = "", revision = ""] = taskDefinition.replace("arn:task-definition/", "").split(":");
      const others = (families.get(family) ?? []).filter((one) => one !== revision);
      families.set(family, [...others, `${revision} off`]);
      return {};
    },
    deleteTaskDefinitions: ({ taskDefinitions }: { taskDefinitions: readonly string[] }) => {
      for (const one of taskDefinitions)
        families.delete(one.replace("arn:task-definition/", "").split(":")[0] ?? "");
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
