import { z } from "zod";

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

export const leaseSchema: z.ZodType<Lease> = z.object({
  user: z.string(),
  host: z.string(),
  pid: z.number(),
  since: z.string(),
  heartbeat: z.string(),
  terraformPid: z.number().exactOptional(),
});

export type LeaseDecision =
  | { readonly kind: "take" }
  /** It looks dead, but only by another machine's clock: take it if its object stays as it is for a while. */
  | { readonly kind: "watch" }
  | { readonly kind: "held"; readonly why: string };

/** How often a run gives a sign of life. */
export const heartbeatSeconds = 5;

/** A run that has given no sign of life for so long is dead. */
export const deadAfterSeconds = 30;

/** Whether a lease that is there may be taken over: its process is gone, or its heart has stopped. */
export function decideLease(
  lease: Lease,
  runner: { readonly host: string },
  now: Date,
  isAlive: (pid: number) => boolean,
): LeaseDecision {
  const isOurHost = lease.host === runner.host;
  if (isOurHost && !isAlive(lease.pid)) return { kind: "take" };
  const silence = (now.getTime() - Date.parse(lease.heartbeat)) / 1000;
  if (!(silence <= deadAfterSeconds)) return { kind: isOurHost ? "take" : "watch" };
  return { kind: "held", why: `its last sign of life is ${Math.max(0, Math.round(silence))} s old` };
}

export function renew(lease: Lease, now: Date, terraformPid: number | undefined): Lease {
  const { terraformPid: _before, ...rest } = lease;
  return { ...rest, heartbeat: now.toISOString(), ...(terraformPid === undefined ? {} : { terraformPid }) };
}

/** Whether two leases are of one and the same run, whatever its heartbeat. */
export function isSameRun(one: Lease, other: Lease): boolean {
  return one.host === other.host && one.pid === other.pid && one.since === other.since;
}
