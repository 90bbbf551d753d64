import { renderStack } from "../../terraform/render.ts";
import { example } from "./example.ts";
import { shopCollectionStack, shopEnvironmentStack } from "./shop.ts";

/** What each example must become: text by path, relative to the repository. */
export function goldenFiles(): ReadonlyMap<string, string> {
  const inner = example("private");
  const files = example("files");
  const orders = example("orders");
  return new Map([
    ["examples/shop/expected/collection.tf.json", renderStack(shopCollectionStack())],
    ["examples/shop/expected/environment.tf.json", renderStack(shopEnvironmentStack())],
    ["examples/files/expected/environment.tf.json", renderStack(files.stackOf(files.environment))],
    ["examples/orders/expected/environment.tf.json", renderStack(orders.stackOf(orders.environment))],
    ["examples/private/expected/collection.tf.json", renderStack(inner.collectionStack)],
    ["examples/private/expected/environment.tf.json", renderStack(inner.stackOf(inner.environment))],
  ]);
}
