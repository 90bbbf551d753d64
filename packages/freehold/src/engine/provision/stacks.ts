import { collectionStack } from "../../aws/collection.ts";
import { environmentStack } from "../../aws/environment.ts";
import type { CollectionFacts, EnvironmentFacts } from "../../aws/facts.ts";
import type { CollectionOutputs } from "../../aws/outputs.ts";
import type { Plan } from "../../terraform/plan.ts";
import { renderStack } from "../../terraform/render.ts";
import type { Stack } from "../../terraform/stack.ts";
import type { GuardedState } from "../lease/broken-off.ts";
import type { Ports, StackFolder, StackPlace } from "../ports.ts";
import type { CollectionSurroundings, Surroundings } from "../surroundings.ts";
import { findUnmanaged, type OpenGroup, type Unmanaged, type WaitingSecret } from "./adopt.ts";
import { contentsOf } from "./state.ts";
import { zonesOfRegion } from "./zones.ts";

/** A stack with the state that Terraform keeps of it. */
export interface StackRoot {
  readonly name: "collection" | "environment";
  readonly place: StackPlace;
  readonly stack: Stack;
  /** Addresses of what is taken over and AWS is still making. */
  readonly pending: readonly string[];
  /** Secrets of the stack that could be taken over if they were not waiting for their deletion. */
  readonly waiting: readonly WaitingSecret[];
  /** Security groups that are taken over and let more out than they should. */
  readonly openGroups: readonly OpenGroup[];
}

/**
 * A stack as far as it can be planned now: one that stands on what is not there yet, or whose making was interrupted, is listed
 * from its blocks.
 */
export interface PlannedStack {
  readonly plan: Plan;
  /** The root whose plan it is; undefined when it is such a list, and Terraform has to plan it once it can. */
  readonly root?: StackRoot;
  /** What has to be restored before it can be applied. */
  readonly waiting: StackRoot["waiting"];
}

/** What else decides how a stack is rendered. */
export interface StackOptions {
  /** Opens what guards data, for `destroy`: nothing is taken over either. */
  readonly isDestroyed?: true;
  /** For `destroy` as well: what a killed Terraform left is taken over, so that it is removed with the rest. */
  readonly takesOver?: true;
}

/** The collection's root, with imports of what is there already. Its zones are chosen once and kept from its outputs. */
export async function collectionRoot(
  around: CollectionSurroundings,
  ports: Ports,
  options: StackOptions = {},
): Promise<StackRoot> {
  const { application, collection, shared } = around;
  const zones =
    shared.kind === "complete" ? shared.outputs.zones : await zonesOfRegion(collection.network.zones, ports);
  const facts: CollectionFacts = { ...factsOf(around, options), zones };
  const place = placeOf(around, around.collectionLease);
  const stack = collectionStack(application, collection, facts);
  const root = { name: "collection", place, stack, ...nothingFound } as const;
  if (!around.isSharedBrokenOff || isLeftAlone(options, true)) return root;
  return takingOver(root, { stack, state: contentsOf(shared), isBrokenOff: true }, ports);
}

const nothingFound = { pending: [], waiting: [], openGroups: [] } as const;

/** What an environment stands on. */
export interface Ground {
  readonly shared: CollectionOutputs;
  readonly priorityBlock: number;
}

/** The environment's root, with imports of what is there already and unknown to its state. */
export async function environmentRoot(
  around: Surroundings,
  ground: Ground,
  ports: Ports,
  options: StackOptions = {},
): Promise<StackRoot> {
  const { application, collection, environment, own } = around;
  const facts: EnvironmentFacts = {
    ...factsOf(around, options),
    collection: ground.shared,
    priorityBlock: ground.priorityBlock,
    ...(options.isDestroyed === true ? { snapshotSuffix: dated(ports.clock.now()) } : {}),
  };
  const stack = environmentStack(application, collection, environment, facts);
  const place = placeOf(around, around.lease);
  const root = { name: "environment", place, stack, ...nothingFound } as const;
  if (isLeftAlone(options, around.isOwnBrokenOff)) return root;
  return takingOver(root, { stack, state: contentsOf(own), isBrokenOff: around.isOwnBrokenOff }, ports);
}

/** The states of both stacks. */
export function placesOf(around: Surroundings): readonly StackPlace[] {
  return [placeOf(around, around.collectionLease), placeOf(around, around.lease)];
}

/** The state that a lease guards, as a place. */
export function placeOf(
  { account }: Pick<CollectionSurroundings, "account">,
  { bucket, stateKey }: GuardedState,
): StackPlace {
  return { account, bucket, key: stateKey };
}

/** What is outside the state matters to what is destroyed only where it was broken off. */
function isLeftAlone({ isDestroyed, takesOver }: StackOptions, isBrokenOff: boolean): boolean {
  return isDestroyed === true && !(isBrokenOff && takesOver === true);
}

async function takingOver(root: StackRoot, unmanaged: Unmanaged, ports: Ports): Promise<StackRoot> {
  const { imports, ...found } = await findUnmanaged(unmanaged, ports);
  return { ...root, stack: { ...root.stack, imports }, ...found };
}

function factsOf({ account, collection, stateBucket }: CollectionSurroundings, options: StackOptions) {
  const protectData = options.isDestroyed !== true;
  return { account, region: collection.region, stateBucket, protectData, imports: [] };
}

/** `20260101-0930`, UTC: a snapshot's name may be used once. */
function dated(now: Date): string {
  return now.toISOString().slice(0, 16).replaceAll(/[-:]/g, "").replace("T", "-");
}

/** Whether two roots are the same to Terraform. */
export function isSameRoot(one: StackRoot, other: StackRoot): boolean {
  return renderStack(one.stack) === renderStack(other.stack);
}

/** Writes `main.tf.json`; answers where. */
export async function writeRoot({ place, stack }: StackRoot, ports: Ports): Promise<StackFolder> {
  const folder = await ports.work.stack(place);
  await ports.files.write(`${folder.run}/main.tf.json`, renderStack(stack));
  return folder;
}
