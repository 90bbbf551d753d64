import type { AwsPort } from "../../ports.ts";
import { gone, isUnknown, type Kind, NotRemoved, type Presence, presence, there } from "../kind.ts";

/** What ECS and ECR hold. ECS goes on showing what is deleted: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/. */
export const containerKinds: readonly Kind[] = [
  {
    noun: "task",
    pattern: /^ecs:task\/(.+)$/,
    look: async ({ id, arn }, aws) =>
      presence((await aws.ecs()).describeTasks({ cluster: clusterOf(id), tasks: [arn] }), ({ tasks = [] }) =>
        tasks.some((one) => one.desiredStatus !== "STOPPED"),
      ),
    remove: async ({ id, arn }, aws) =>
      (await aws.ecs()).stopTask({ cluster: clusterOf(id), task: arn, reason: "freehold destroy" }),
  },
  {
    noun: "service",
    pattern: /^ecs:service\/(.+)$/,
    look: async ({ id, arn }, aws) =>
      presence(
        (await aws.ecs()).describeServices({ cluster: clusterOf(id), services: [arn] }),
        ({ services = [] }) => services.some((one) => one.status === "ACTIVE"),
      ),
    remove: async ({ id, arn }, aws) =>
      (await aws.ecs()).deleteService({ cluster: clusterOf(id), service: arn, force: true }),
  },
  {
    noun: "task definition",
    pattern: /^ecs:task-definition\/(.+)$/,
    look: ({ arn }, aws) => lookAtRevision(arn, aws),
    remove: ({ arn }, aws) => removeRevision(arn, aws),
  },
  {
    noun: "cluster",
    pattern: /^ecs:cluster\/(.+)$/,
    look: async ({ id }, aws) =>
      presence((await aws.ecs()).describeClusters({ clusters: [id] }), ({ clusters = [] }) =>
        clusters.some((one) => one.status === "ACTIVE"),
      ),
    remove: async ({ id }, aws) => (await aws.ecs()).deleteCluster({ cluster: id }),
  },
  {
    noun: "image repository",
    pattern: /^ecr:repository\/(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.ecr()).describeRepositories({ repositoryNames: [id] }),
        ({ repositories = [] }) => repositories.length > 0,
      ),
    remove: async ({ id }, aws) => (await aws.ecr()).deleteRepository({ repositoryName: id, force: true }),
  },
];

/** `shop-default/0123…` of a task or a service. */
function clusterOf(id: string): string {
  return id.split("/")[0] ?? "";
}

/** A deleted revision is shown as DELETE_IN_PROGRESS until the last task that used it is forgotten. */
async function lookAtRevision(taskDefinition: string, aws: AwsPort): Promise<Presence> {
  try {
    const found = await (await aws.ecs()).describeTaskDefinition({ taskDefinition });
    return found.taskDefinition?.status === "DELETE_IN_PROGRESS" ? gone : there;
  } catch (error) {
    // ECS has no name of its own for a revision it does not know.
    if (isUnknown(error) || (error instanceof Error && error.name === "ClientException")) return gone;
    throw error;
  }
}

/** Only what is deregistered can be deleted; ECS answers what it did not delete instead of refusing. */
async function removeRevision(taskDefinition: string, aws: AwsPort): Promise<void> {
  const ecs = await aws.ecs();
  const found = await ecs.describeTaskDefinition({ taskDefinition });
  if (found.taskDefinition?.status === "ACTIVE") await ecs.deregisterTaskDefinition({ taskDefinition });
  const { failures = [] } = await ecs.deleteTaskDefinitions({ taskDefinitions: [taskDefinition] });
  const [failure] = failures;
  if (failure !== undefined) throw new NotRemoved(failure.reason ?? "ECS does not say why");
}
