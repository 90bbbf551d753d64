import type { CollectionOutputs } from "../aws/outputs.ts";
import { ensureStateBucket } from "./bootstrap.ts";
import { type Built, build } from "./build.ts";
import { credentials } from "./credentials.ts";
import type { Emit } from "./events.ts";
import { type HeldLease, withLease } from "./lease.ts";
import { type PlannedStacks, planBoth } from "./plan.ts";
import type { Ports } from "./ports.ts";
import { declined, provisionCollection, provisionEnvironment } from "./provision.ts";
import { release } from "./release.ts";
import type { EnvironmentRequest } from "./release-target.ts";
import { demandSecrets } from "./secrets-demand.ts";
import { readSurroundings, type Surroundings } from "./surroundings.ts";
import { refuseLoss } from "./terraform-steps.ts";
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

/** Everything from the file to a running application: provision, build, release, wait until it is healthy. */
export async function up(request: EnvironmentRequest, ports: Ports, emit: Emit): Promise<UpResult> {
  await Promise.all([ports.terraform.version(), ports.docker.version()]);
  const first = await readSurroundings(request, ports);
  await ensureStateBucket(first.account, ports, emit);
  return withLease(first.lease, ports, async (lease) => {
    const around = await readSurroundings(request, ports);
    await demandSecrets(around, ports);
    const planned = await planBoth(around, ports, emit);
    await agree(planned, ports);
    const shared = await provisionCollection(around, planned.collection, lease, ports, emit);
    const { built, outputs } = await buildAndProvision(around, planned, shared, lease, ports, emit);
    const target = {
      application: around.application.name,
      collection: around.collection,
      environment: around.environment,
      shared,
      outputs,
    };
    await credentials({ target }, ports, emit);
    const released = await release({ target, built, ...signalOf(request) }, ports, emit);
    const url = urlOf(outputs);
    return {
      environment: `${around.collection.name}/${around.environment.name}`,
      ...(url === undefined ? {} : { url }),
      release: released.release.id,
      isNewRelease: released.isNew,
      changes: changesOf(planned),
    };
  });
}

function changesOf({ collection, environment }: PlannedStacks): number {
  return collection.plan.changes.length + environment.plan.changes.length;
}

async function agree(planned: PlannedStacks, ports: Ports): Promise<void> {
  refuseLoss(planned.collection.plan);
  refuseLoss(planned.environment.plan);
  const count = changesOf(planned);
  if (count > 0 && !(await ports.questions.confirm(`Make these ${count} changes?`))) throw declined();
}

/**
 * Images are built before anything that runs is touched. While an environment is not there yet nothing runs, and both go side
 * by side.
 */
async function buildAndProvision(
  around: Surroundings,
  planned: PlannedStacks,
  shared: CollectionOutputs,
  lease: HeldLease,
  ports: Ports,
  emit: Emit,
) {
  const images = (): Promise<Built> =>
    build({ environment: around.environment, repositories: shared.repositories }, ports, emit);
  const provision = () => provisionEnvironment(around, planned.environment, shared, lease, ports, emit);
  if (around.own.kind === "complete") {
    const built = await images();
    return { built, outputs: await provision() };
  }
  const [built, outputs] = await Promise.allSettled([images(), provision()]);
  if (built.status === "rejected") throw built.reason;
  if (outputs.status === "rejected") throw outputs.reason;
  return { built: built.value, outputs: outputs.value };
}

function signalOf({ signal }: EnvironmentRequest): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
