import * as z from "zod";
import { isErrorNamed } from "../error-name.ts";
import type { Ports } from "../ports.ts";
import { type GuardedState, noteBrokenOff } from "./broken-off.ts";
import type { Leftover } from "./decision.ts";

/** What Terraform writes into the lock file beside a state, as far as it tells who holds it: `user@host`, and when. */
export interface TerraformLock {
  readonly Who: string;
  readonly Created: string;
}

const lockSchema: z.ZodType<TerraformLock> = z.object({ Who: z.string(), Created: z.string() });

/** The lock on the state, if that Terraform holds it: the same `user@host` took it after that had begun. */
export async function lockOf(
  { user, host, terraform }: Leftover,
  state: GuardedState,
  ports: Ports,
): Promise<TerraformLock | undefined> {
  const text = await readLock(state, ports);
  const lock = text === undefined ? undefined : lockSchema.safeParse(parse(text)).data;
  if (lock === undefined) return undefined;
  const isAfter = Date.parse(lock.Created) >= Date.parse(terraform.since);
  return lock.Who === `${user}@${host}` && isAfter ? lock : undefined;
}

/**
 * Removes the lock of a Terraform that has ended without giving it back; one that is another's stays. That Terraform did not
 * write all that it made into the state, which is noted down first.
 */
export async function removeLockOf(left: Leftover, state: GuardedState, ports: Ports): Promise<void> {
  if ((await lockOf(left, state, ports)) === undefined) return;
  await noteBrokenOff(state, ports);
  await (await ports.aws.s3()).deleteObject({ Bucket: state.bucket, Key: lockKey(state) });
}

/** The text of Terraform's lock file; undefined when the state is not locked. */
async function readLock(state: GuardedState, ports: Ports): Promise<string | undefined> {
  try {
    const { Body } = await (await ports.aws.s3()).getObject({ Bucket: state.bucket, Key: lockKey(state) });
    return await Body?.transformToString("utf8");
  } catch (error) {
    if (isErrorNamed(error, "NoSuchKey")) return undefined;
    throw error;
  }
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
