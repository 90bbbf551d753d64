import { UserError } from "../errors.ts";
import { isErrorNamed } from "./error-name.ts";
import { decideLease, type Lease, renew } from "./lease-decision.ts";
import type { Ports } from "./ports.ts";

export interface LeaseRequest {
  readonly bucket: string;
  /** Key of the lease's object. */
  readonly key: string;
  /** For the reader, e.g. `environment dev`. */
  readonly subject: string;
}

/** Key of an environment's lease in the state bucket. */
export function leaseKey(application: string, collection: string, environment: string): string {
  return `${application}/${collection}/leases/${environment}.json`;
}

/** What a run that holds the lease may tell of itself. */
export interface HeldLease {
  /** Records the Terraform now running, which may live on for seconds when this run is killed. */
  terraformPid(pid: number | undefined): void;
}

const heartbeatEvery = 5_000;

/**
 * Runs while holding a lease: one run at a time may change an environment. The lease is an object written with `If-None-Match`
 * and kept alive with `If-Match`; a dead run's is taken over, once its Terraform has ended.
 *
 * @throws UserError with exit code 75 when another run holds it.
 */
export async function withLease<T>(
  request: LeaseRequest,
  ports: Ports,
  run: (lease: HeldLease) => Promise<T>,
): Promise<T> {
  let held = await acquire(request, ports);
  let pid: number | undefined;
  const beat = async (): Promise<void> => {
    held = await write(request, renew(held.lease, ports.clock.now(), pid), held.etag, ports);
  };
  let beating: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    beating = beating.then(beat).catch(() => {});
  }, heartbeatEvery);
  try {
    return await run({
      terraformPid: (next) => {
        pid = next;
        beating = beating.then(beat).catch(() => {});
      },
    });
  } finally {
    clearInterval(timer);
    await beating;
    await release(request, held.etag, ports);
  }
}

interface Held {
  readonly lease: Lease;
  readonly etag: string;
}

async function acquire(request: LeaseRequest, ports: Ports): Promise<Held> {
  const mine: Lease = {
    ...ports.runner,
    since: ports.clock.now().toISOString(),
    heartbeat: ports.clock.now().toISOString(),
  };
  const first = await write(request, mine, undefined, ports).catch((error: unknown) => {
    if (isErrorNamed(error, "PreconditionFailed", "ConditionalRequestConflict")) return undefined;
    throw error;
  });
  if (first !== undefined) return first;
  const found = await read(request, ports);
  if (found === undefined) return acquire(request, ports);
  const decision = decideLease(found.lease, ports.runner, ports.clock.now(), ports.isAlive);
  if (decision.kind === "held") throw isHeld(request, found.lease, decision.why);
  await endOfTerraform(found.lease, ports);
  return write(request, mine, found.etag, ports);
}

async function endOfTerraform(lease: Lease, ports: Ports): Promise<void> {
  const { terraformPid, host } = lease;
  if (terraformPid === undefined || host !== ports.runner.host) return;
  for (let waited = 0; ports.isAlive(terraformPid) && waited < 60; waited += 1)
    await ports.clock.sleep(1_000);
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

async function read({ bucket, key }: LeaseRequest, ports: Ports): Promise<Held | undefined> {
  try {
    const { Body, ETag = "" } = await (await ports.aws.s3()).getObject({ Bucket: bucket, Key: key });
    return { lease: JSON.parse((await Body?.transformToString("utf8")) ?? "") as Lease, etag: ETag };
  } catch (error) {
    if (isErrorNamed(error, "NoSuchKey")) return undefined;
    throw error;
  }
}

async function write(
  { bucket, key }: LeaseRequest,
  lease: Lease,
  etag: string | undefined,
  ports: Ports,
): Promise<Held> {
  const condition = etag === undefined ? { IfNoneMatch: "*" } : { IfMatch: etag };
  const s3 = await ports.aws.s3();
  const { ETag = "" } = await s3.putObject({
    Bucket: bucket,
    Key: key,
    Body: JSON.stringify(lease),
    ...condition,
  });
  return { lease, etag: ETag };
}

/** Removes the lease if it is still ours; a state bucket that went away with it is no fault. */
async function release({ bucket, key }: LeaseRequest, etag: string, ports: Ports): Promise<void> {
  const found = await read({ bucket, key, subject: "" }, ports).catch(() => undefined);
  if (found?.etag === etag) await (await ports.aws.s3()).deleteObject({ Bucket: bucket, Key: key });
}
