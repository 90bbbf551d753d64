import type { CollectionSurroundings } from "../surroundings.ts";
import type { Kept } from "../sweep/sweep.ts";

export interface Destroyed {
  /** What stays on purpose, each with its reason. */
  readonly kept: readonly Kept[];
}

/** What an environment or a collection stood on, and what others stand on as well. */
export function groundOf({ shared, collection, stateBucket }: CollectionSurroundings): readonly Kept[] {
  const bucket = {
    subject: `state bucket ${stateBucket}`,
    reason: "other applications of this account may use it, and it holds earlier versions of the state",
  };
  if (shared.kind === "absent") return [bucket];
  const network = {
    subject: `collection ${collection.name}`,
    reason: `its network, load balancer and images cost by the hour; \`freehold destroy --collection ${collection.name}\` removes them`,
  };
  return [bucket, network];
}
