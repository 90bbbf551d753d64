import * as z from "zod";

/** A process, told apart from every other that has had or will have its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As `ProcessPort.startOf` tells it; absent where that could not be told. */
  readonly started?: string;
}

/** What a lease's object says. Times are ISO 8601, UTC. */
export interface Lease extends ProcessIdentity {
  readonly user: string;
  readonly host: string;
  readonly since: string;
  readonly heartbeat: string;
  /** The Terraform that the run has started on the same host, which outlives the run. */
  readonly terraform?: RunningTerraform;
  /** What a dead run left, from which this one took the lease over, until that is cleared. */
  readonly inherited?: Leftover;
}

/** A Terraform whose run is dead. */
export interface Leftover {
  readonly user: string;
  readonly host: string;
  readonly terraform: RunningTerraform;
}

export interface RunningTerraform extends ProcessIdentity {
  /** Written down then, and begun after. */
  readonly since: string;
}

/** What the run of a lease leaves behind when it dies. */
export function leftoverOf({ user, host, terraform, inherited }: Lease): Leftover | undefined {
  return terraform === undefined ? inherited : { user, host, terraform };
}

const identity = { pid: z.number(), started: z.string().exactOptional() };

const terraform = z.object({ ...identity, since: z.string() });

export const leaseSchema: z.ZodType<Lease> = z.object({
  user: z.string(),
  host: z.string(),
  ...identity,
  since: z.string(),
  heartbeat: z.string(),
  terraform: terraform.exactOptional(),
  inherited: z.object({ user: z.string(), host: z.string(), terraform }).exactOptional(),
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

/** Who asks for a lease, and whether the process that is written in it runs, as far as this host can tell. */
export interface Asking {
  readonly host: string;
  readonly isRunning: boolean;
}

/** Whether a lease that is there may be taken over: its process is gone, or its heart has stopped. */
export function decideLease(lease: Lease, asking: Asking, now: Date): LeaseDecision {
  const isOurHost = lease.host === asking.host;
  if (isOurHost && !asking.isRunning) return { kind: "take" };
  const silence = (now.getTime() - Date.parse(lease.heartbeat)) / 1000;
  if (!(silence <= deadAfterSeconds)) return { kind: isOurHost ? "take" : "watch" };
  return { kind: "held", why: `its last sign of life is ${Math.max(0, Math.round(silence))} s old` };
}

/** The lease of a run that goes on, having cleared what it inherited. */
export function renew(lease: Lease, now: Date, terraform: RunningTerraform | undefined): Lease {
  const { terraform: _before, inherited: _cleared, ...rest } = lease;
  return { ...rest, heartbeat: now.toISOString(), ...(terraform === undefined ? {} : { terraform }) };
}

/** Whether two leases are of one and the same run, whatever its heartbeat. */
export function isSameRun(one: Lease, other: Lease): boolean {
  return one.host === other.host && one.pid === other.pid && one.since === other.since;
}
