import { z } from "zod";
import { isErrorNamed } from "../error-name.ts";
import type { Ports } from "../ports.ts";
import type { Lease } from "./decision.ts";

/** What Terraform writes into the lock file beside a state, as far as it tells who holds it. */
const lockSchema = z.object({ Who: z.string(), Created: z.string() });

/** The state that a lease guards. */
export interface GuardedState {
  readonly bucket: string;
  readonly stateKey: string;
}

/** Whether Terraform's lock on the state is one that the run of this lease took: `user@host`, after the run began. */
export function isLockOf(lease: Lease, lockText: string): boolean {
  const lock = lockSchema.safeParse(parse(lockText));
  if (!lock.success) return false;
  const { Who, Created } = lock.data;
  return Who.endsWith(`@${lease.host}`) && Date.parse(Created) >= Date.parse(lease.since);
}

/** The text of Terraform's lock file; undefined when the state is not locked. */
export async function readLock(state: GuardedState, ports: Ports): Promise<string | undefined> {
  try {
    const { Body } = await (await ports.aws.s3()).getObject({ Bucket: state.bucket, Key: lockKey(state) });
    return await Body?.transformToString("utf8");
  } catch (error) {
    if (isErrorNamed(error, "NoSuchKey")) return undefined;
    throw error;
  }
}

/** Removes the lock that a dead run's Terraform left behind; one that is another's stays. */
export async function removeLockOf(lease: Lease, state: GuardedState, ports: Ports): Promise<void> {
  const text = await readLock(state, ports);
  if (text === undefined || !isLockOf(lease, text)) return;
  await (await ports.aws.s3()).deleteObject({ Bucket: state.bucket, Key: lockKey(state) });
}

/** https://developer.hashicorp.com/terraform/language/backend/s3#state-locking */
function lockKey({ stateKey }: GuardedState): string {
  return `${stateKey}.tflock`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
