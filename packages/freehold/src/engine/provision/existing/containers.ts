import { type Find, type Tags, tagsOf, textOf, unlessAbsent } from "./sought.ts";

export const repository: Find = async (sought, ports) => {
  const id = textOf(sought, "name") ?? "";
  const ecr = await ports.aws.ecr();
  const asked = ecr.describeRepositories({ repositoryNames: [id] });
  const answer = await unlessAbsent(asked, "RepositoryNotFoundException");
  const resourceArn = answer?.repositories?.[0]?.repositoryArn;
  if (resourceArn === undefined) return undefined;
  return { id, tags: tagsOf((await ecr.listTagsForResource({ resourceArn })).tags) };
};

/** A deleted one is shown as INACTIVE for a while. */
export const cluster: Find = async (sought, ports) => {
  const id = textOf(sought, "name") ?? "";
  const ecs = await ports.aws.ecs();
  const { clusters = [] } = await ecs.describeClusters({ clusters: [id], include: ["TAGS"] });
  const found = clusters.find((one) => one.status !== "INACTIVE");
  return found && { id, tags: lowerCase(found.tags) };
};

export const service: Find = async (sought, ports) => {
  const name = textOf(sought, "name") ?? "";
  const within = await sought.idOf("cluster");
  if (within === undefined) return undefined;
  const ecs = await ports.aws.ecs();
  const { services = [] } = await ecs.describeServices({
    cluster: within,
    services: [name],
    include: ["TAGS"],
  });
  const found = services.find((one) => one.status === "ACTIVE");
  return found && { id: `${within.split("/").at(-1)}/${name}`, tags: lowerCase(found.tags) };
};

function lowerCase(
  tags: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[] | undefined,
): Tags {
  return tagsOf(tags?.map(({ key, value }) => ({ Key: key, Value: value })));
}
