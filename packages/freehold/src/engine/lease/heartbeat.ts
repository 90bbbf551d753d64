import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";
import { heartbeatSeconds, isSameRun, type RunningTerraform, renew } from "./decision.ts";
import { identify } from "./processes.ts";
import { type LeaseRequest, readLease, removeLease, type StoredLease, writeLease } from "./store.ts";
import { removeLockOf } from "./terraform-lock.ts";

/** What a run that holds a lease may do with it. */
export interface HeldLease {
  /**
   * Runs a Terraform that changes the stack. It is written into the lease before it begins, for it goes on when this run is
   * killed. One that ends without giving its lock back is cleared up after.
   *
   * @throws UserError `lease-lost` as `demand` does; then it has not begun.
   */
  withTerraform(run: (onStart: (pid: number) => Promise<void>) => Promise<void>): Promise<void>;
  /**
   * Proves, by a write, that the lease is still ours. To be called before each change: a laptop may have slept meanwhile.
   *
   * @throws UserError `lease-lost` with exit code 75 when another run has taken it.
   */
  demand(): Promise<void>;
}

export interface KeptLease {
  readonly lease: HeldLease;
  /** Stops the heartbeat and gives the lease back. */
  end(): Promise<void>;
}

/** Keeps a lease alive until `end`: one write every few seconds, and one when Terraform starts or ends. */
export function keepLease(request: LeaseRequest, taken: StoredLease, ports: Ports): KeptLease {
  let stored = taken;
  let terraform: RunningTerraform | undefined;
  const beat = async (): Promise<void> => {
    const renewed = renew(stored.lease, ports.clock.now(), terraform);
    const now = (await writeLease(request, renewed, stored.etag, ports)) ?? (await readLease(request, ports));
    if (now === undefined || !isSameRun(now.lease, taken.lease)) throw lost(request);
    stored = now;
  };
  let last: Promise<void> = Promise.resolve();
  /** One after the other; a beat that failed is followed by the next. */
  const beatNext = (): Promise<void> => {
    const next = last.then(beat);
    last = next.catch(() => {});
    return next;
  };
  const clearLock = async (ended: RunningTerraform, error: unknown): Promise<void> => {
    const { user, host } = taken.lease;
    if (!isRefused(error)) await removeLockOf({ user, host, terraform: ended }, request, ports);
  };
  const timer = setInterval(() => beatNext().catch(() => {}), heartbeatSeconds * 1000);
  return {
    lease: {
      withTerraform: async (run) => {
        try {
          await run(async (pid) => {
            terraform = { ...(await identify(pid, ports)), since: ports.clock.now().toISOString() };
            await beatNext();
          });
        } catch (error) {
          // Why it failed counts, whether or not its lock can be removed.
          if (terraform !== undefined) await clearLock(terraform, error).catch(() => {});
          throw error;
        } finally {
          terraform = undefined;
          beatNext().catch(() => {});
        }
      },
      demand: beatNext,
    },
    end: async () => {
      clearInterval(timer);
      await last;
      // What cannot be given back now runs out by itself.
      await giveBack(request, stored, ports).catch(() => {});
    },
  };
}

/** Terraform met the lock of another, which it had not taken itself. */
function isRefused(error: unknown): boolean {
  return error instanceof UserError && error.problems.some(({ code }) => code === "terraform-busy");
}

async function giveBack(request: LeaseRequest, stored: StoredLease, ports: Ports): Promise<void> {
  const found = await readLease(request, ports);
  if (found !== undefined && isSameRun(found.lease, stored.lease)) await removeLease(request, ports);
}

function lost(request: LeaseRequest): UserError {
  const message = "Another run has taken this over, because this one gave no sign of life.";
  const hint = "Run the same command again when that one is done: it goes on from what is there.";
  return new UserError({ code: "lease-lost", subject: request.subject, message, hint }, { exitCode: 75 });
}
