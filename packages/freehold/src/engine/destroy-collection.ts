import type { Application, Collection } from "../app/application.ts";
import type { CollectionOutputs } from "../aws/outputs.ts";
import { UserError } from "../errors.ts";
import { stateBucketName } from "./bootstrap.ts";
import { type Destroyed, destroyStack } from "./destroy.ts";
import type { Emit } from "./events.ts";
import { callerAccount } from "./identity.ts";
import { leaseKey, withLease } from "./lease.ts";
import { withoutLeftoverGroup } from "./leftover-group.ts";
import type { Ports } from "./ports.ts";
import { declined } from "./provision.ts";
import { collectionRoot, type StackRoot } from "./stacks.ts";
import { collectionStateKey, environmentsWithState, readStack, type StackState } from "./state.ts";
import { zonesOfRegion } from "./zones.ts";

export interface CollectionRequest {
  readonly application: Application;
  /** The only collection when left out. */
  readonly collection?: string;
}

/** Removes a collection: network, cluster, load balancer, image repositories, artifacts. Its environments must be gone. */
export async function destroyCollection(
  request: CollectionRequest,
  ports: Ports,
  emit: Emit,
): Promise<Destroyed> {
  await ports.terraform.version();
  const { application } = request;
  const collection = findCollection(request);
  const account = await callerAccount(collection, ports);
  const bucket = stateBucketName(account, collection.region);
  const key = collectionStateKey(application.name, collection.name);
  const state = await readStack<CollectionOutputs>(bucket, key, "vpc_id", ports);
  if (state.kind === "absent") return { kept: [] };
  demandNoEnvironments(
    await environmentsWithState(bucket, application.name, collection.name, ports),
    collection.name,
  );
  const question = `This removes the collection ${collection.name}, its images and artifacts. Type its name to go on:`;
  if (!(await ports.questions.typed(question, collection.name))) throw declined();
  const lease = {
    bucket,
    key: leaseKey(application.name, collection.name, "collection"),
    subject: collection.name,
  };
  await withLease(lease, ports, async (held) => {
    const root = await openRoot(request, collection, account, state, ports);
    const removal = () => destroyStack(root, held, ports, emit);
    await (state.kind === "complete" ? withoutLeftoverGroup(state.outputs, ports, removal) : removal());
  });
  return { kept: [`the state bucket ${bucket}, with earlier versions of the state`] };
}

/** The collection's root with what guards its data opened. */
async function openRoot(
  { application }: CollectionRequest,
  collection: Collection,
  account: string,
  state: StackState<CollectionOutputs>,
  ports: Ports,
): Promise<StackRoot> {
  const zones =
    state.kind === "complete" ? state.outputs.zones : await zonesOfRegion(collection.network.zones, ports);
  const stateBucket = stateBucketName(account, collection.region);
  const facts = { account, region: collection.region, stateBucket, protectData: false, imports: [], zones };
  return collectionRoot(application, collection, facts, ports);
}

function findCollection({ application, collection }: CollectionRequest): Collection {
  const [first, ...rest] = application.collections;
  const isOnly = collection === undefined && rest.length === 0;
  const found = isOnly ? first : application.collections.find((one) => one.name === collection);
  if (found !== undefined) return found;
  const hint = `Name one of: ${application.collections.map((one) => one.name).join(", ")}.`;
  const message = collection === undefined ? "Which collection is meant?" : "There is no such collection.";
  throw new UserError(
    { code: "which-collection", subject: collection ?? "", message, hint },
    { exitCode: 2 },
  );
}

function demandNoEnvironments(names: readonly string[], collection: string): void {
  if (names.length === 0) return;
  const message = `Environments stand on it: ${names.join(", ")}.`;
  const hint = `Run \`freehold destroy ${names[0]}\` first.`;
  throw new UserError({ code: "collection-in-use", subject: collection, message, hint });
}
