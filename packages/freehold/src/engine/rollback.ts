import type { Emit } from "./events.ts";
import { signalOf } from "./interrupt.ts";
import { withLease } from "./lease/lease.ts";
import type { Ports } from "./ports.ts";
import { declined } from "./provision/provision.ts";
import { demandImages } from "./release/images.ts";
import { targetOf } from "./release/open.ts";
import { publishRelease } from "./release/publish.ts";
import type { Release } from "./release/record.ts";
import { rollbackPlan } from "./release/rollback-plan.ts";
import { settle } from "./release/settle.ts";
import { readHistory, shelfOf } from "./release/store.ts";
import { step } from "./step.ts";
import { readSurroundings } from "./surroundings.ts";
import type { EnvironmentRequest } from "./target.ts";

export interface RollbackRequest extends EnvironmentRequest {
  /** `v3`; the release before the live one when left out. */
  readonly id?: string;
}

/**
 * Brings an earlier release back: exactly its images, variables and sites, as a new release.
 *
 * @throws UserError when there is none, an image of it has gone, the person says no, or it does not come up; what ran before then runs on.
 */
export async function rollback(request: RollbackRequest, ports: Ports, emit: Emit): Promise<Release> {
  const { lease } = await readSurroundings(request, ports);
  return withLease(lease, ports, emit, async () => {
    const target = targetOf(await readSurroundings(request, ports));
    const history = await readHistory(shelfOf(target), ports);
    const createdAt = ports.clock.now().toISOString();
    const release = rollbackPlan({ ...request, history, createdAt, author: ports.runner.user });
    await demandImages(release, ports);
    await agree(release, target.environment.name, ports);
    const title = `Roll back to ${release.rollbackOf}`;
    return step({ id: "release", title }, ports, emit, async (report) => {
      const { services, sites } = release;
      const inner = { target, services, sites, history, parent: "release" };
      await settle({ ...inner, ...signalOf(request) }, ports, emit);
      await publishRelease({ target, release, history }, ports);
      report.end({ outcome: "done", detail: release.id });
      return release;
    });
  });
}

async function agree(release: Release, environment: string, ports: Ports): Promise<void> {
  const text = `Bring ${release.rollbackOf} back in ${environment}, in place of ${release.parent}?`;
  if (!(await ports.questions.confirm({ kind: "release", text }))) throw declined();
}
