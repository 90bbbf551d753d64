import type { Application, Collection, Environment } from "../app/application.ts";
import type { Stack } from "../terraform/stack.ts";
import type { EnvironmentFacts } from "./facts.ts";

/** What one environment holds. Its one output `freehold` holds EnvironmentOutputs. */
export function environmentStack(
  application: Application,
  collection: Collection,
  environment: Environment,
  facts: EnvironmentFacts,
): Stack {
  return {
    blocks: [],
    outputs: {},
    backend: {
      bucket: facts.stateBucket,
      key: `${application.name}/${collection.name}/environments/${environment.name}.tfstate`,
      region: facts.region,
    },
    provider: { region: facts.region, account: facts.account, tags: {} },
    imports: facts.imports,
  };
}
