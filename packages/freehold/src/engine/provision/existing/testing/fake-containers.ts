import { found, Items, items, type World } from "./world.ts";

export function ecr({ named, tagsOf }: World) {
  return {
    describeRepositories: ({ repositoryNames: [name] }: { repositoryNames: readonly string[] }) => ({
      repositories: [
        { repositoryArn: found(named("aws_ecr_repository", name), "RepositoryNotFoundException").id },
      ],
    }),
    listTagsForResource: ({ resourceArn }: { resourceArn: string }) => ({ tags: Items(tagsOf(resourceArn)) }),
  };
}

export function ecs({ named }: World) {
  return {
    describeClusters: ({ clusters: [name] }: { clusters: readonly string[] }) => {
      const one = named("aws_ecs_cluster", name);
      return {
        clusters: one === undefined ? [] : [{ status: one.state ?? "ACTIVE", tags: items(one.tags) }],
      };
    },
    describeServices: ({ services: [name] }: { services: readonly string[] }) => {
      const one = named("aws_ecs_service", name);
      return {
        services: one === undefined ? [] : [{ status: one.state ?? "ACTIVE", tags: items(one.tags) }],
      };
    },
  };
}
