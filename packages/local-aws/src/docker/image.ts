import type Dockerode from "dockerode";

/** Pulls an image where it is not on this machine yet. */
export async function ensureImage(docker: Dockerode, reference: string): Promise<void> {
  const known = await docker
    .getImage(reference)
    .inspect()
    .catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  if (known !== undefined) return;
  const progress = await docker.pull(reference);
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(progress, (error) => (error ? reject(error) : resolve()));
  });
}

/** Whether Docker answered that what was named does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "statusCode" in error && error.statusCode === 404;
}
