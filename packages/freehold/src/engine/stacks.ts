import type { Application, Collection, Environment } from "../app/application.ts";
import { collectionStack } from "../aws/collection.ts";
import { environmentStack } from "../aws/environment.ts";
import type { CollectionFacts, EnvironmentFacts } from "../aws/facts.ts";
import { renderStack } from "../terraform/render.ts";
import type { Stack } from "../terraform/stack.ts";
import type { Ports } from "./ports.ts";

/** A stack with the folder where Terraform works on it. */
export interface StackRoot {
  readonly name: "collection" | "environment";
  /** Absolute. */
  readonly folder: string;
  readonly stack: Stack;
}

export function collectionRoot(
  application: Application,
  collection: Collection,
  facts: CollectionFacts,
  ports: Ports,
): StackRoot {
  const folder = `${ports.files.project}/.freehold/stacks/${collection.name}/collection`;
  return { name: "collection", folder, stack: collectionStack(application, collection, facts) };
}

export function environmentRoot(
  application: Application,
  collection: Collection,
  environment: Environment,
  facts: EnvironmentFacts,
  ports: Ports,
): StackRoot {
  const folder = `${ports.files.project}/.freehold/stacks/${collection.name}/environments/${environment.name}`;
  return {
    name: "environment",
    folder,
    stack: environmentStack(application, collection, environment, facts),
  };
}

/** Writes `main.tf.json`; what is below `.freehold` never enters a repository. */
export async function writeRoot(root: StackRoot, ports: Ports): Promise<void> {
  await ports.files.write(`${ports.files.project}/.freehold/.gitignore`, "*\n");
  await ports.files.write(`${root.folder}/main.tf.json`, renderStack(root.stack));
}
