import { type Block, ref, resource } from "../terraform/block.ts";
import type { Ref } from "../terraform/expression.ts";
import { nameOf } from "./names.ts";
import type { CollectionScope } from "./scope.ts";

export interface Cluster {
  readonly blocks: readonly Block[];
  readonly arn: Ref;
  readonly name: Ref;
}

/** Where tasks run: Fargate, and Fargate Spot for what may be interrupted. */
export function cluster({ identity }: CollectionScope): Cluster {
  const main = resource("aws_ecs_cluster", "main", {
    name: nameOf("cluster", identity),
    configuration: { execute_command_configuration: { logging: "DEFAULT" } },
    setting: [{ name: "containerInsights", value: "disabled" }],
  });
  const providers = resource("aws_ecs_cluster_capacity_providers", "main", {
    cluster_name: ref(main, "name"),
    capacity_providers: ["FARGATE", "FARGATE_SPOT"],
  });
  return { blocks: [main, providers], arn: ref(main, "arn"), name: ref(main, "name") };
}
