import { findEnvironment } from "../app/find.ts";
import type { CollectionOutputs, EnvironmentOutputs } from "../aws/outputs.ts";
import { allDone } from "./all-done.ts";
import { ensureStateBucket } from "./bootstrap.ts";
import { type Built, build } from "./build/build.ts";
import { demandConsent, tellHostCommands } from "./build/host-commands.ts";
import { demandInputs } from "./build/inputs.ts";
import { familiesIn } from "./destroy/deregister.ts";
import type { Emit } from "./events.ts";
import { demandGoOn, signalOf } from "./interrupt.ts";
import type { HeldLease } from "./lease/heartbeat.ts";
import { clearDeadLease, withLease } from "./lease/lease.ts";
import { type PlannedStacks, planBoth } from "./plan.ts";
import type { Ports } from "./ports.ts";
import { noteLeftovers } from "./provision/leftovers.ts";
import { declined, provisionCollection, provisionEnvironment } from "./provision/provision.ts";
import { placesOf } from "./provision/stacks.ts";
import { upQuestion } from "./release/question.ts";
import { release } from "./release/release.ts";
import { credentials } from "./secrets/credentials.ts";
import { demandSecrets } from "./secrets/demand.ts";
import { demandExisting } from "./secrets/existing.ts";
import { demandReadable } from "./secrets/readable.ts";
import { outputsOf, readSurroundings, type Surroundings } from "./surroundings.ts";
import type { EnvironmentRequest, Target } from "./target.ts";
import { endAbandonedTasks } from "./task/abandoned.ts";
import { urlOf } from "./url.ts";

export interface UpResult {
  readonly environment: string;
  /** Undefined when nothing is public. */
  readonly url?: string;
  readonly release: string;
  /** False when the release that was live already is all there is to release. */
  readonly isNewRelease: boolean;
  /** Number of things made, changed and removed in the account. */
  readonly changes: number;
}

/** Everything from the file to a running application: plan, confirm, provision, build, release, wait until it is healthy. */
export async function up(request: EnvironmentRequest, ports: Ports, emit: Emit): Promise<UpResult> {
  const { environment } = findEnvironment(request.application, request.environment);
  tellHostCommands(environment, emit);
  await demandConsent(environment, ports, emit);
  await Promise.all([ports.terraform.version(), ports.docker.version()]);
  const first = await readSurroundings(request, ports);
  await noteLeftovers(placesOf(first), ports, emit);
  // Where nothing is there yet, the person is asked before the first thing is made, the state bucket included.
  const agreed = first.shared.kind === "absent" ? await planAndAgree(first, ports, emit) : undefined;
  await ensureStateBucket(first.account, ports, emit);
  return withLease({ ...first.lease, ...signalOf(request) }, ports, emit, async (lease) => {
    // A killed run's Terraform may still be at work on the collection, of which the plan reads.
    await clearDeadLease({ ...first.collectionLease, ...signalOf(request) }, ports, emit);
    const around = await readSurroundings(request, ports);
    const isStillAgreed = agreed !== undefined && isStillSo(first, around);
    const planned = isStillAgreed ? agreed : await planAndAgree(around, ports, emit);
    return bringUp({ request, around, planned, lease }, ports, emit);
  });
}

/** Whether nothing was made, and nothing found to be there, since the person was asked. */
function isStillSo(first: Surroundings, now: Surroundings): boolean {
  const isKnown =
    first.isSharedBrokenOff === now.isSharedBrokenOff && first.isOwnBrokenOff === now.isOwnBrokenOff;
  return isKnown && now.shared.kind === "absent";
}

async function planAndAgree(around: Surroundings, ports: Ports, emit: Emit): Promise<PlannedStacks> {
  await demandInputs(around.environment, ports.files);
  await demandReadable(around, outputsOf(around), ports);
  await demandExisting(around.environment, ports);
  await demandSecrets(around, ports);
  const planned = await planBoth(around, ports, emit);
  const question = await upQuestion(around, changesOf(planned), ports);
  if (!(await ports.questions.confirm(question))) throw declined();
  return planned;
}

interface Agreed {
  readonly request: EnvironmentRequest;
  readonly around: Surroundings;
  readonly planned: PlannedStacks;
  readonly lease: HeldLease;
}

async function bringUp(agreed: Agreed, ports: Ports, emit: Emit): Promise<UpResult> {
  const { request, around, planned, lease } = agreed;
  const { application, collection, environment } = around;
  demandGoOn(request);
  const shared = await provisionCollection(around, planned.collection, ports, emit);
  demandGoOn(request);
  const { built, outputs } = await buildAndProvision(agreed, shared, ports, emit);
  demandGoOn(request);
  await lease.demand();
  const target: Target = { application: application.name, collection, environment, shared, outputs };
  const families = familiesIn(outputs);
  await endAbandonedTasks({ cluster: shared.cluster_arn, families, ...signalOf(request) }, ports, emit);
  await credentials({ target }, ports, emit);
  const released = await release({ target, built, ...signalOf(request) }, ports, emit);
  const url = urlOf(outputs);
  return {
    environment: `${collection.name}/${environment.name}`,
    ...(url === undefined ? {} : { url }),
    release: released.release.id,
    isNewRelease: released.isNew,
    changes: changesOf(planned),
  };
}

function changesOf({ collection, environment }: PlannedStacks): number {
  return collection.plan.changes.length + environment.plan.changes.length;
}

interface Ready {
  readonly built: Built;
  readonly outputs: EnvironmentOutputs;
}

/**
 * Images are built before anything that runs is touched. While an environment is not there yet nothing runs, and both go side
 * by side.
 */
async function buildAndProvision(
  { around, planned, lease }: Agreed,
  shared: CollectionOutputs,
  ports: Ports,
  emit: Emit,
): Promise<Ready> {
  const images = () =>
    build({ environment: around.environment, repositories: shared.repositories }, ports, emit);
  const provision = () => provisionEnvironment(around, planned.environment, shared, lease, ports, emit);
  if (around.own.kind === "complete") return { built: await images(), outputs: await provision() };
  const [built, outputs] = await allDone([images(), provision()]);
  return { built, outputs };
}
