import { UserError } from "../../errors.ts";
import type { Emit } from "../events.ts";
import type { Ports } from "../ports.ts";
import { clearAfter, endOfTerraform } from "./dead-run.ts";
import {
  decideLease,
  heartbeatSeconds,
  isSameRun,
  type Lease,
  type Leftover,
  leftoverOf,
} from "./decision.ts";
import { type HeldLease, keepLease } from "./heartbeat.ts";
import { identify, isRunning } from "./processes.ts";
import { type LeaseRequest, readLease, type StoredLease, writeLease } from "./store.ts";

/** The lease of an environment in the state bucket. */
export function leaseKey(application: string, collection: string, environment: string): string {
  return `${application}/${collection}/leases/${environment}.json`;
}

/** The lease of what environments share: held while the collection's stack is changed. */
export function collectionLeaseKey(application: string, collection: string): string {
  return `${application}/${collection}/collection.lease.json`;
}

/**
 * Runs while holding a lease: one run at a time may change an environment. The lease is an object written with `If-None-Match`
 * and kept alive with `If-Match`; a dead run's is taken over, once its Terraform has ended.
 *
 * @throws UserError `lease-held` with exit code 75 when another run holds it.
 */
export async function withLease<T>(
  request: LeaseRequest,
  ports: Ports,
  emit: Emit,
  run: (lease: HeldLease) => Promise<T>,
): Promise<T> {
  const kept = keepLease(request, await acquire(request, ports, emit), ports);
  try {
    return await run(kept.lease);
  } finally {
    await kept.end();
  }
}

/**
 * Waits for what a dead run left of this lease, and clears it; without one, or where its run lives, nothing happens.
 *
 * @throws UserError `lease-held` with exit code 75 when its Terraform cannot be waited for.
 */
export async function clearDeadLease(request: LeaseRequest, ports: Ports, emit: Emit): Promise<void> {
  const found = await readLease(request, ports);
  if (found === undefined || (await signOfLife(request, found, ports)) !== undefined) return;
  await withLease(request, ports, emit, async () => {});
}

const tries = 5;

async function acquire(request: LeaseRequest, ports: Ports, emit: Emit): Promise<StoredLease> {
  const now = ports.clock.now().toISOString();
  const me = await identify(ports.runner.pid, ports);
  const mine: Lease = { ...ports.runner, ...me, since: now, heartbeat: now };
  let found: StoredLease | undefined;
  for (let tried = 0; tried < tries; tried += 1) {
    found = await readLease(request, ports);
    // A write that was repeated, because its answer was lost, is refused although the lease is ours.
    if (found !== undefined && isSameRun(found.lease, mine)) return found;
    const inherited = found && (await demandDead(request, found, ports, emit));
    const taken = await writeLease(request, { ...mine, ...(inherited && { inherited }) }, found?.etag, ports);
    if (taken === undefined) continue;
    if (inherited !== undefined) await clearAfter(request, inherited, ports);
    return taken;
  }
  throw isHeld(request, found?.lease ?? mine, "others are taking it as well");
}

/** What the dead run left; its Terraform has ended. */
async function demandDead(
  request: LeaseRequest,
  found: StoredLease,
  ports: Ports,
  emit: Emit,
): Promise<Leftover | undefined> {
  const left = leftoverOf(found.lease);
  const why =
    (await signOfLife(request, found, ports)) ?? (left && (await endOfTerraform(request, left, ports, emit)));
  if (why !== undefined) throw isHeld(request, found.lease, why);
  return left;
}

/** What shows that the run of this lease lives; undefined when it is dead. */
async function signOfLife(
  request: LeaseRequest,
  { lease, etag }: StoredLease,
  ports: Ports,
): Promise<string | undefined> {
  const { host } = ports.runner;
  const asking = { host, isRunning: lease.host === host && (await isRunning(lease, ports)) };
  const decision = decideLease(lease, asking, ports.clock.now());
  if (decision.kind === "held") return decision.why;
  if (decision.kind === "take") return undefined;
  await ports.clock.sleep(2 * heartbeatSeconds * 1000);
  const later = await readLease(request, ports);
  return later !== undefined && later.etag !== etag ? "it gives signs of life" : undefined;
}

function isHeld(request: LeaseRequest, lease: Lease, why: string): UserError {
  return new UserError(
    {
      code: "lease-held",
      subject: request.subject,
      message: `${lease.user} on ${lease.host} (process ${lease.pid}) has been changing it since ${lease.since}; ${why}.`,
      hint: "Wait for it, or end it, then run this again. A dead run's lease is taken over by itself.",
    },
    { exitCode: 75 },
  );
}
