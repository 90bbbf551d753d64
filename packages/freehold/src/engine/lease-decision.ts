/** What a lease's object says. Times are ISO 8601, UTC. */
export interface Lease {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  readonly since: string;
  readonly heartbeat: string;
  /** Of the Terraform that the run has started, on the same host. */
  readonly terraformPid?: number;
}

export type LeaseDecision = { readonly kind: "take" } | { readonly kind: "held"; readonly why: string };

/** A run beats every 5 seconds; after this many without a beat it is dead. */
const deadAfterSeconds = 30;

/** Whether a lease that is there may be taken over: its process is gone, or its heart has stopped. */
export function decideLease(
  lease: Lease,
  runner: { readonly host: string; readonly pid: number },
  now: Date,
  isAlive: (pid: number) => boolean,
): LeaseDecision {
  if (lease.host === runner.host && !isAlive(lease.pid)) return { kind: "take" };
  const silence = (now.getTime() - Date.parse(lease.heartbeat)) / 1000;
  if (!(silence <= deadAfterSeconds)) return { kind: "take" };
  return { kind: "held", why: `its last sign of life is ${Math.max(0, Math.round(silence))} s old` };
}

export function renew(lease: Lease, now: Date, terraformPid: number | undefined): Lease {
  const { terraformPid: _before, ...rest } = lease;
  return { ...rest, heartbeat: now.toISOString(), ...(terraformPid === undefined ? {} : { terraformPid }) };
}
