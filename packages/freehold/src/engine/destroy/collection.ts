import type { Application, Collection } from "../../app/application.ts";
import { UserError } from "../../errors.ts";
import { hasStateBucket } from "../bootstrap.ts";
import type { Emit } from "../events.ts";
import { demandGoOn, type Interruptible, signalOf } from "../interrupt.ts";
import { forgetBrokenOff } from "../lease/broken-off.ts";
import { withLease } from "../lease/lease.ts";
import type { Ports } from "../ports.ts";
import { noteLeftovers } from "../provision/leftovers.ts";
import { collectionRoot, placeOf } from "../provision/stacks.ts";
import { environmentsWithState } from "../provision/state.ts";
import { type CollectionSurroundings, managedBy, readCollection } from "../surroundings.ts";
import type { Kept } from "../sweep/sweep.ts";
import { type Destroyed, groundOf } from "./kept.ts";
import { withoutLeftoverGroup } from "./leftover-group.ts";
import { environmentsAtWork, forgetStates } from "./records.ts";
import { agreeToLose, removeStack } from "./stack.ts";
import { verify } from "./verify.ts";

export interface CollectionRequest extends Interruptible {
  readonly application: Application;
  /** The only collection when left out. */
  readonly collection?: string;
}

/**
 * Removes a collection: network, cluster, load balancer, image repositories, artifacts; and sees that nothing is left of it or of
 * its environments. Can be run again after a failure.
 *
 * @throws UserError `collection-in-use` while environments stand on it.
 */
export async function destroyCollection(
  request: CollectionRequest,
  ports: Ports,
  emit: Emit,
): Promise<Destroyed> {
  await ports.terraform.version();
  const { application } = request;
  const collection = findCollection(request);
  const first = await readCollection(application, collection, ports);
  await noteLeftovers([placeOf(first, first.collectionLease)], ports, emit);
  if (!(await hasStateBucket(first, ports))) return { kept: await verifyGone(first, ports, emit) };
  return withLease({ ...first.collectionLease, ...signalOf(request) }, ports, emit, async (lease) => {
    const around = await readCollection(application, collection, ports);
    const { shared, stateBucket, isSharedBrokenOff } = around;
    const environments = await environmentsWithState(stateBucket, application.name, collection.name, ports);
    demandNoEnvironments(environments, collection.name);
    demandQuiet(await environmentsAtWork(around, ports, emit), collection.name);
    if (shared.kind !== "absent" || isSharedBrokenOff) {
      await agreeToLose(collection.name, managedBy(shared), ports, emit);
      demandGoOn(request);
      const root = await collectionRoot(around, ports, { isDestroyed: true, takesOver: true });
      const removal = () => removeStack({ root, state: shared, lease, ...signalOf(request) }, ports, emit);
      await (shared.kind === "complete" ? withoutLeftoverGroup(shared.outputs, ports, removal) : removal());
      if (isSharedBrokenOff) await forgetBrokenOff(around.collectionLease, ports);
    }
    demandGoOn(request);
    await forgetStates(around, ports);
    demandGoOn(request);
    const left = await readCollection(application, collection, ports);
    return { kept: [...groundOf(left), ...(await verifyGone(left, ports, emit))] };
  });
}

/** Errors: UserError `left-behind`, `not-verified`. */
async function verifyGone(
  around: CollectionSurroundings,
  ports: Ports,
  emit: Emit,
): Promise<readonly Kept[]> {
  const { application, collection, account } = around;
  const { stack } = await collectionRoot(around, ports, { isDestroyed: true });
  const owner = {
    application: application.name,
    collection: collection.name,
    account,
    stack,
  };
  return verify(owner, ports, emit);
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

/** Of an environment that is being made there is no state yet. */
function demandQuiet(names: readonly string[], collection: string): void {
  if (names.length === 0) return;
  const message = `Somebody is changing ${names.join(", ")} now.`;
  const hint = "Wait until that run is done, then look again.";
  throw new UserError({ code: "collection-in-use", subject: collection, message, hint }, { exitCode: 75 });
}
