import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../app/application.ts";
import { parseApplication } from "../../config/parse.ts";
import type { Stack } from "../../terraform/stack.ts";
import { collectionStack } from "../collection.ts";
import { environmentStack } from "../environment.ts";
import { collectionFacts, environmentFacts } from "./shop.ts";

export interface Example {
  readonly environment: Environment;
  readonly collectionStack: Stack;
  stackOf(environment: Environment): Stack;
}

/** An application of `examples/`, in the account that the shop is in. */
export function example(name: string): Example {
  const path = join(import.meta.dirname, "../../../../../examples", name, "compose.yaml");
  return exampleFrom(readFileSync(path, "utf8"), name);
}

/** An application from the text of a Compose file. */
export function exampleFrom(text: string, folder = "app"): Example {
  const application = parseApplication([{ path: "compose.yaml", text }], { folder, variables: {} });
  const collection = application.collections[0] ?? assert.fail("it has no collection");
  const environment = collection.environments[0] ?? assert.fail("it has no environment");
  return {
    environment,
    collectionStack: collectionStack(application, collection, collectionFacts),
    stackOf: (one) => environmentStack(application, collection, one, environmentFacts),
  };
}
