import { isErrorNamed } from "../error-name.ts";
import type { Ports } from "../ports.ts";

/*
 * An object beside a state says that a Terraform was killed while it changed the stack: things may exist that the state does
 * not know. It stays until an apply has taken them in, however many runs fail or are killed before.
 */

/** The state that a lease guards. */
export interface GuardedState {
  readonly bucket: string;
  readonly stateKey: string;
}

/** Notes that the stack of this state was broken off. */
export async function noteBrokenOff(state: GuardedState, ports: Ports): Promise<void> {
  const note = { host: ports.runner.host, user: ports.runner.user, at: ports.clock.now().toISOString() };
  await (await ports.aws.s3()).putObject({ ...placeOf(state), Body: JSON.stringify(note) });
}

/** Whether the stack's last apply was broken off, and none has come to its end since. */
export async function isBrokenOff(state: GuardedState, ports: Ports): Promise<boolean> {
  try {
    await (await ports.aws.s3()).headObject(placeOf(state));
    return true;
  } catch (error) {
    if (isErrorNamed(error, "NotFound", "NoSuchKey", "NoSuchBucket")) return false;
    throw error;
  }
}

/** Once the state knows everything again. */
export async function forgetBrokenOff(state: GuardedState, ports: Ports): Promise<void> {
  await (await ports.aws.s3()).deleteObject(placeOf(state));
}

function placeOf({ bucket, stateKey }: GuardedState) {
  return { Bucket: bucket, Key: `${stateKey}.broken-off` };
}
