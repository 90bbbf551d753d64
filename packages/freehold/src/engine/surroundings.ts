import { type Found, findEnvironment } from "../app/find.ts";
import type { CollectionFacts, EnvironmentFacts } from "../aws/facts.ts";
import type { CollectionOutputs, EnvironmentOutputs } from "../aws/outputs.ts";
import { stateBucketName } from "./bootstrap.ts";
import { callerAccount } from "./identity.ts";
import { leaseKey } from "./lease.ts";
import type { Ports } from "./ports.ts";
import type { EnvironmentRequest } from "./release-target.ts";
import { collectionStateKey, environmentStateKey, readStack, type StackState } from "./state.ts";
import { zonesOfRegion } from "./zones.ts";

/** An environment, the account it belongs to, and what its stacks say of themselves. */
export interface Surroundings extends Found {
  readonly application: EnvironmentRequest["application"];
  readonly account: string;
  readonly stateBucket: string;
  readonly lease: { readonly bucket: string; readonly key: string; readonly subject: string };
  readonly shared: StackState<CollectionOutputs>;
  readonly own: StackState<EnvironmentOutputs>;
}

/** Reads all that a verb must know before it may act; whatever cannot be read stops it (law 7). */
export async function readSurroundings(request: EnvironmentRequest, ports: Ports): Promise<Surroundings> {
  const { application } = request;
  const { collection, environment } = findEnvironment(application, request.environment);
  const account = await callerAccount(collection, ports);
  const stateBucket = stateBucketName(account, collection.region);
  const key = leaseKey(application.name, collection.name, environment.name);
  const [shared, own] = await Promise.all([
    readStack<CollectionOutputs>(
      stateBucket,
      collectionStateKey(application.name, collection.name),
      "vpc_id",
      ports,
    ),
    readStack<EnvironmentOutputs>(
      stateBucket,
      environmentStateKey(application.name, collection.name, environment.name),
      "services",
      ports,
    ),
  ]);
  const lease = { bucket: stateBucket, key, subject: `${collection.name}/${environment.name}` };
  return { application, collection, environment, account, stateBucket, lease, shared, own };
}

/** The collection's zones are chosen once and kept from its outputs. */
export async function collectionFacts(
  around: Surroundings,
  protectData: boolean,
  ports: Ports,
): Promise<CollectionFacts> {
  const { account, collection, stateBucket, shared } = around;
  const zones =
    shared.kind === "complete" ? shared.outputs.zones : await zonesOfRegion(collection.network.zones, ports);
  return { account, region: collection.region, stateBucket, protectData, imports: [], zones };
}

export function environmentFacts(
  around: Surroundings,
  shared: CollectionOutputs,
  priorityBlock: number,
  protectData: boolean,
): EnvironmentFacts {
  const { account, collection, stateBucket } = around;
  return {
    account,
    region: collection.region,
    stateBucket,
    protectData,
    imports: [],
    collection: shared,
    priorityBlock,
  };
}
