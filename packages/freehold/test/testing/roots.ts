import { collectionStack } from "../../src/aws/collection.ts";
import { plannedCollectionOutputs } from "../../src/aws/collection-outputs.ts";
import { environmentStack } from "../../src/aws/environment.ts";
import { environmentFacts } from "../../src/aws/testing/shop.ts";
import { renderStack } from "../../src/terraform/render.ts";
import { applicationOf } from "./corpus.ts";

const account = "111111111111";

/** The Terraform roots of a case, as text: those of its collections and of their environments. */
export async function rootsOf(
  name: string,
  call: Parameters<typeof applicationOf>[1],
): Promise<readonly string[]> {
  const application = await applicationOf(name, call);
  return application.collections.flatMap((collection) => {
    const { region } = collection;
    const stateBucket = `freehold-state-${account}-${region}`;
    const zones = ["a", "b", "c"].slice(0, collection.network.zones).map((letter) => `${region}${letter}`);
    const facts = { account, region, stateBucket, protectData: true, imports: [], zones };
    const { repositories } = plannedCollectionOutputs(application, collection);
    // Terraform knows an ARN and an id when it sees one.
    const outputs = { ...environmentFacts.collection, repositories, zones };
    const environments = collection.environments.map((environment) =>
      environmentStack(application, collection, environment, {
        ...facts,
        collection: outputs,
        priorityBlock: 1,
      }),
    );
    return [collectionStack(application, collection, facts), ...environments].map(renderStack);
  });
}
