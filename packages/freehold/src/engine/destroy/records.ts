import { listKeys } from "../bucket-keys.ts";
import type { Emit } from "../events.ts";
import { clearDeadLease, leaseKey } from "../lease/lease.ts";
import type { Ports } from "../ports.ts";
import { environmentStateKey, isEmptyState } from "../provision/state.ts";
import type { CollectionSurroundings } from "../surroundings.ts";

/** Removes a state that holds nothing any more; the bucket keeps its earlier versions. */
export async function forgetState(bucket: string, key: string, ports: Ports): Promise<void> {
  const s3 = await ports.aws.s3();
  const isThere = (await listKeys(s3, bucket, key)).includes(key);
  if (isThere && (await isEmptyState({ bucket, key }, ports)))
    await s3.deleteObject({ Bucket: bucket, Key: key });
}

/** The same for a removed collection and all that stood on it. */
export async function forgetStates(around: CollectionSurroundings, ports: Ports): Promise<void> {
  const keys = await keysBelow("", around, ports);
  for (const key of keys.filter((one) => one.endsWith(".tfstate")))
    await forgetState(around.stateBucket, key, ports);
}

/** Names of the environments that somebody is changing now. What dead runs left of their leases is cleared. */
export async function environmentsAtWork(
  around: CollectionSurroundings,
  ports: Ports,
  emit: Emit,
): Promise<readonly string[]> {
  const { application, collection, stateBucket: bucket } = around;
  const names = async () => (await keysBelow("leases/", around, ports)).flatMap(environmentOf);
  for (const name of await names()) {
    const key = leaseKey(application.name, collection.name, name);
    const stateKey = environmentStateKey(application.name, collection.name, name);
    await clearDeadLease({ bucket, key, stateKey, subject: `${collection.name}/${name}` }, ports, emit);
  }
  return names();
}

async function keysBelow(
  folder: string,
  { application, collection, stateBucket }: CollectionSurroundings,
  ports: Ports,
): Promise<readonly string[]> {
  return listKeys(await ports.aws.s3(), stateBucket, `${application.name}/${collection.name}/${folder}`);
}

function environmentOf(key: string): readonly string[] {
  return /(?<![^/])([^/]+)\.json$/.exec(key)?.slice(1) ?? [];
}
