import type { Application, Collection, Environment } from "../app/application.ts";
import { findEnvironment } from "../app/find.ts";
import type { CollectionOutputs, EnvironmentOutputs } from "../aws/outputs.ts";
import { UserError } from "../errors.ts";
import { demandOwnBucket, stateBucketName } from "./bootstrap.ts";
import { callerAccount } from "./identity.ts";
import { isBrokenOff } from "./lease/broken-off.ts";
import { collectionLeaseKey, leaseKey } from "./lease/lease.ts";
import type { LeaseRequest } from "./lease/store.ts";
import type { Ports } from "./ports.ts";
import {
  collectionStateKey,
  environmentStateKey,
  readCollectionState,
  readEnvironmentState,
  type StackState,
} from "./provision/state.ts";
import { hasPointer } from "./release/store.ts";
import type { EnvironmentRequest } from "./target.ts";

/** A collection, the account it belongs to, and what its stack says of itself. */
export interface CollectionSurroundings {
  readonly application: Application;
  readonly collection: Collection;
  readonly account: string;
  readonly stateBucket: string;
  readonly shared: StackState<CollectionOutputs>;
  /** Things of the collection's stack may exist that its state does not know. */
  readonly isSharedBrokenOff: boolean;
  /** Held while the collection's stack is changed. */
  readonly collectionLease: LeaseRequest;
}

/** The same of an environment. */
export interface Surroundings extends CollectionSurroundings {
  readonly environment: Environment;
  readonly own: StackState<EnvironmentOutputs>;
  /** The same of the environment's stack. */
  readonly isOwnBrokenOff: boolean;
  /** Held while anything of the environment is changed. */
  readonly lease: LeaseRequest;
}

/** Reads all that a verb must know before it may act; whatever cannot be read stops it (law 7). */
export async function readSurroundings(request: EnvironmentRequest, ports: Ports): Promise<Surroundings> {
  const { application } = request;
  const { collection, environment } = findEnvironment(application, request.environment);
  const around = await readCollection(application, collection, ports);
  const { stateBucket: bucket } = around;
  const stateKey = environmentStateKey(application.name, collection.name, environment.name);
  const [own, isOwnBrokenOff] = await Promise.all([
    readEnvironmentState({ bucket, key: stateKey }, ports),
    isBrokenOff({ bucket, stateKey }, ports),
  ]);
  await demandBothStates(around, own, { stateKey, environment: environment.name }, ports);
  const key = leaseKey(application.name, collection.name, environment.name);
  const lease = { bucket, key, stateKey, subject: `${collection.name}/${environment.name}` };
  return { ...around, environment, own, isOwnBrokenOff, lease };
}

/**
 * A missing state means "not made yet" only as long as nothing stands on what it would describe.
 *
 * @throws UserError `lost-state`
 */
async function demandBothStates(
  { shared, collectionLease }: CollectionSurroundings,
  own: StackState<EnvironmentOutputs>,
  { stateKey, environment }: { readonly stateKey: string; readonly environment: string },
  ports: Ports,
): Promise<void> {
  if (shared.kind === "absent" && own.kind !== "absent")
    throw lostState(collectionLease.stateKey, `environment ${environment} stands on it`);
  if (shared.kind !== "complete" || own.kind !== "absent" || own.hasObject) return;
  const shelf = { bucket: shared.outputs.artifact_bucket, environment };
  if (await hasPointer(shelf, ports)) throw lostState(stateKey, `releases of ${environment} are recorded`);
}

function lostState(key: string, why: string): UserError {
  return new UserError({
    code: "lost-state",
    subject: key,
    message: `The state is not there, though ${why}.`,
    hint: "Nothing was changed. Bring the object back from its earlier version in the state bucket.",
  });
}

/** As `readSurroundings`, of a collection alone. */
export async function readCollection(
  application: Application,
  collection: Collection,
  ports: Ports,
): Promise<CollectionSurroundings> {
  const account = await callerAccount(collection, ports);
  const bucket = stateBucketName(account, collection.region);
  await demandOwnBucket(bucket, account, ports);
  const stateKey = collectionStateKey(application.name, collection.name);
  const [shared, isSharedBrokenOff] = await Promise.all([
    readCollectionState({ bucket, key: stateKey }, ports),
    isBrokenOff({ bucket, stateKey }, ports),
  ]);
  const key = collectionLeaseKey(application.name, collection.name);
  const collectionLease = { bucket, key, stateKey, subject: collection.name };
  return {
    application,
    collection,
    account,
    stateBucket: bucket,
    shared,
    isSharedBrokenOff,
    collectionLease,
  };
}

/** Terraform addresses of what a state holds. */
export function managedBy(state: StackState<unknown>): readonly string[] {
  return state.kind === "absent" ? [] : state.managed;
}

/** What the environment's stack tells; undefined while it is not wholly there. */
export function outputsOf({ own }: Surroundings): EnvironmentOutputs | undefined {
  return own.kind === "complete" ? own.outputs : undefined;
}
