import type { Ports } from "../ports.ts";
import { moveLabel } from "../secrets/store.ts";
import type { Target } from "../target.ts";
import type { Release } from "./record.ts";
import { type History, movePointer, shelfOf, writeRelease } from "./store.ts";

export interface PublishReleaseRequest {
  readonly target: Target;
  readonly release: Release;
  readonly history: History;
}

/**
 * Writes the record and says that it is live. A record that an earlier, killed run has written is not written again.
 *
 * @throws UserError `release-exists` when another run was faster.
 */
export async function publishRelease(request: PublishReleaseRequest, ports: Ports): Promise<void> {
  const { target, release, history } = request;
  const shelf = shelfOf(target);
  const isWritten = history.releases.some((one) => one.id === release.id);
  if (!isWritten) await writeRelease(shelf, release, ports);
  await keepSecretVersions(request, ports);
  const updatedAt = ports.clock.now().toISOString();
  await movePointer(shelf, { live: release.id, updatedAt }, history.etag, ports);
}

/**
 * Secrets Manager may drop versions that bear no label. `previous` first, so that neither version is ever without one.
 * See https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version.
 */
async function keepSecretVersions(
  { target, release, history }: PublishReleaseRequest,
  ports: Ports,
): Promise<void> {
  const secret = target.outputs.secret_arn;
  const previous = history.live?.secretVersion;
  if (previous !== undefined) await moveLabel(secret, "previous", previous, ports);
  if (release.secretVersion !== undefined) await moveLabel(secret, "live", release.secretVersion, ports);
}
