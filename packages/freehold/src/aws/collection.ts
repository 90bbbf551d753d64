import type { Application, Collection } from "../app/application.ts";
import type { Stack } from "../terraform/stack.ts";
import type { CollectionFacts } from "./facts.ts";

/** What a collection's environments share. Its one output `freehold` holds CollectionOutputs. */
export function collectionStack(
  application: Application,
  collection: Collection,
  facts: CollectionFacts,
): Stack {
  return {
    blocks: [],
    outputs: {},
    backend: {
      bucket: facts.stateBucket,
      key: `${application.name}/${collection.name}/collection.tfstate`,
      region: facts.region,
    },
    provider: { region: facts.region, account: facts.account, tags: {} },
    imports: facts.imports,
  };
}
