import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";
import { decideLease, heartbeatSeconds, isSameRun, type Lease } from "./decision.ts";
import { type HeldLease, keepLease } from "./heartbeat.ts";
import { type LeaseRequest, readLease, type StoredLease, writeLease } from "./store.ts";
import { readLock, removeLockOf } from "./terraform-lock.ts";

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
  run: (lease: HeldLease) => Promise<T>,
): Promise<T> {
  const kept = keepLease(request, await acquire(request, ports), ports);
  try {
    return await run(kept.lease);
  } finally {
    await kept.end();
  }
}

const tries = 5;

async function acquire(request: LeaseRequest, ports: Ports): Promise<StoredLease> {
  const now = ports.clock.now().toISOString();
  const mine: Lease = { ...ports.runner, since: now, heartbeat: now };
  let found: StoredLease | undefined;
  for (let tried = 0; tried < tries; tried += 1) {
    found = await readLease(request, ports);
    // A write that was repeated, because its answer was lost, is refused although the lease is ours.
    if (found !== undefined && isSameRun(found.lease, mine)) return found;
    if (found !== undefined) await demandDead(request, found, ports);
    const taken = await writeLease(request, mine, found?.etag, ports);
    if (taken === undefined) continue;
    if (found !== undefined) await removeLockOf(found.lease, request, ports);
    return taken;
  }
  throw isHeld(request, found?.lease ?? mine, "others are taking it as well");
}

async function demandDead(request: LeaseRequest, found: StoredLease, ports: Ports): Promise<void> {
  const decision = decideLease(found.lease, ports.runner, ports.clock.now(), ports.isAlive);
  if (decision.kind === "held") throw isHeld(request, found.lease, decision.why);
  if (decision.kind === "watch") {
    await ports.clock.sleep(2 * heartbeatSeconds * 1000);
    const later = await readLease(request, ports);
    if (later !== undefined && later.etag !== found.etag)
      throw isHeld(request, later.lease, "it gives signs of life");
  }
  await endOfTerraform(request, found.lease, ports);
}

/** Terraform outlives a killed run. Its process id alone may have passed to another program: only one that holds the lock counts. */
async function endOfTerraform(request: LeaseRequest, lease: Lease, ports: Ports): Promise<void> {
  const { terraformPid, host } = lease;
  if (terraformPid === undefined || host !== ports.runner.host) return;
  for (let waited = 0; ports.isAlive(terraformPid); waited += 1) {
    if ((await readLock(request, ports)) === undefined) return;
    const why = `that run is dead, but its Terraform (process ${terraformPid}) still works`;
    if (waited === 60) throw isHeld(request, lease, why);
    await ports.clock.sleep(1_000);
  }
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
