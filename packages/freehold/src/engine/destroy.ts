import { plannedCollectionOutputs } from "../aws/collection-outputs.ts";
import type { CollectionOutputs } from "../aws/outputs.ts";
import { UserError } from "../errors.ts";
import { hasStateBucket } from "./bootstrap.ts";
import { deregisterFamilies, familiesIn } from "./destroy/deregister.ts";
import { type Destroyed, groundOf } from "./destroy/kept.ts";
import { forgetState } from "./destroy/records.ts";
import { agreeToLose, removeStack } from "./destroy/stack.ts";
import { stopTasks } from "./destroy/stop-tasks.ts";
import { verify } from "./destroy/verify.ts";
import type { Emit } from "./events.ts";
import { demandGoOn, signalOf } from "./interrupt.ts";
import { forgetBrokenOff } from "./lease/broken-off.ts";
import type { HeldLease } from "./lease/heartbeat.ts";
import { withLease } from "./lease/lease.ts";
import type { Ports } from "./ports.ts";
import { noteLeftovers } from "./provision/leftovers.ts";
import { expectedPriorityBlock, freePriorityBlock } from "./provision/priorities.ts";
import { environmentRoot, placesOf, type StackRoot } from "./provision/stacks.ts";
import { forgetReleases } from "./release/store.ts";
import { demandReadable } from "./secrets/readable.ts";
import { step } from "./step.ts";
import { managedBy, outputsOf, readSurroundings, type Surroundings } from "./surroundings.ts";
import type { Kept } from "./sweep/sweep.ts";
import type { EnvironmentRequest } from "./target.ts";

/**
 * Removes an environment: asks for its name, opens what guards its data, destroys the stack, removes what lies outside it (task
 * definitions, release records, the block of priorities), and sees that nothing is left. Can be run again after a failure.
 */
export async function destroyEnvironment(
  request: EnvironmentRequest,
  ports: Ports,
  emit: Emit,
): Promise<Destroyed> {
  await ports.terraform.version();
  const first = await readSurroundings(request, ports);
  await noteLeftovers(placesOf(first), ports, emit);
  sharedOf(first);
  // Without a bucket no run has ever made anything; only `secrets set` may have.
  if (!(await hasStateBucket(first, ports))) return { kept: await verifyGone(first, ports, emit) };
  return withLease({ ...first.lease, ...signalOf(request) }, ports, emit, async (lease) => {
    const around = await readSurroundings(request, ports);
    const shared = sharedOf(around);
    if (shared !== undefined) await removeOn(shared, { request, around, lease }, ports, emit);
    demandGoOn(request);
    const left = await readSurroundings(request, ports);
    return { kept: [...groundOf(left), ...(await verifyGone(left, ports, emit))] };
  });
}

interface Removal {
  readonly request: EnvironmentRequest;
  readonly around: Surroundings;
  readonly lease: HeldLease;
}

async function removeOn(
  shared: CollectionOutputs,
  { request, around, lease }: Removal,
  ports: Ports,
  emit: Emit,
): Promise<void> {
  const { environment, own, isOwnBrokenOff } = around;
  const root = await rootOf(around, shared, ports);
  const families = [...familiesIn(root.stack.outputs), ...familiesIn(outputsOf(around))];
  if (own.kind !== "absent" || isOwnBrokenOff) {
    await demandReadable(around, outputsOf(around), ports);
    await agreeToLose(environment.name, managedBy(own), ports, emit);
    demandGoOn(request);
    await step({ id: "stop", title: "Stop tasks that run once" }, ports, emit, async (report) => {
      const count = await stopTasks({ cluster: shared.cluster_arn, families }, ports);
      report.end(count === 0 ? { outcome: "unchanged" } : { outcome: "done", detail: `${count} stopped` });
    });
    demandGoOn(request);
    await removeStack({ root, state: own, lease, ...signalOf(request) }, ports, emit);
    if (isOwnBrokenOff) await forgetBrokenOff(around.lease, ports);
  }
  demandGoOn(request);
  // Also where the stack is gone already: a run may have died in between.
  await step({ id: "outside", title: "Remove what releases left" }, ports, emit, async () => {
    await deregisterFamilies(families, ports);
    await forgetReleases({ bucket: shared.artifact_bucket, environment: environment.name }, ports);
    await freePriorityBlock(shared.artifact_bucket, environment.name, ports);
    await forgetState(around.stateBucket, around.lease.stateKey, ports);
  });
}

/** The root without guards, with all that exists. */
async function rootOf(around: Surroundings, shared: CollectionOutputs, ports: Ports): Promise<StackRoot> {
  const { artifact_bucket } = shared;
  const priorityBlock = await expectedPriorityBlock(artifact_bucket, around.environment.name, ports);
  return environmentRoot(around, { shared, priorityBlock }, ports, { isDestroyed: true, takesOver: true });
}

async function verifyGone(around: Surroundings, ports: Ports, emit: Emit): Promise<readonly Kept[]> {
  const { application, collection, environment, account } = around;
  const shared = sharedOf(around);
  const ground = { shared: shared ?? plannedCollectionOutputs(application, collection), priorityBlock: 1 };
  const { stack } = await environmentRoot(around, ground, ports, { isDestroyed: true });
  const owner = {
    application: application.name,
    collection: collection.name,
    environment: environment.name,
    account,
    stack,
    ...(shared === undefined ? {} : { listenerArn: shared.listener_arn }),
  };
  return verify(owner, ports, emit);
}

/** Errors: UserError `collection-incomplete`, for then it cannot be known what the environment stands on. */
function sharedOf({ shared, own, collection }: Surroundings): CollectionOutputs | undefined {
  if (shared.kind === "complete") return shared.outputs;
  if (shared.kind === "absent" && own.kind === "absent") return undefined;
  const message = "The collection is not wholly there, yet this environment stands on it.";
  const hint = "Run `freehold up` to complete it, then destroy.";
  throw new UserError({ code: "collection-incomplete", subject: collection.name, message, hint });
}
