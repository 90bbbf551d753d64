import type { Kind } from "./kind.ts";
import { balancingKinds } from "./kinds/balancing.ts";
import { containerKinds } from "./kinds/containers.ts";
import { discoveryKinds } from "./kinds/discovery.ts";
import { edgeKinds } from "./kinds/edge.ts";
import { fileKinds } from "./kinds/files.ts";
import { networkKinds } from "./kinds/network.ts";
import { storeKinds } from "./kinds/stores.ts";
import { surroundingKinds } from "./kinds/surroundings.ts";

/** Every kind of thing that Freehold makes, what stands on others before what it stands on. */
export const kinds: readonly Kind[] = [
  ...surroundingKinds,
  ...containerKinds,
  ...discoveryKinds,
  ...edgeKinds,
  ...balancingKinds,
  ...storeKinds,
  ...fileKinds,
  ...networkKinds,
];
