import { renderStack } from "../../terraform/render.ts";
import { shopCollectionStack, shopEnvironmentStack } from "./shop.ts";

/** What each example must become: text by path, relative to the repository. */
export function goldenFiles(): ReadonlyMap<string, string> {
  return new Map([
    ["examples/shop/expected/collection.tf.json", renderStack(shopCollectionStack())],
    ["examples/shop/expected/environment.tf.json", renderStack(shopEnvironmentStack())],
  ]);
}
