import type Dockerode from "dockerode";

/** Pulls an image where it is not on this machine yet. */
export async function ensureImage(docker: Dockerode, reference: string): Promise<void> {
  await (await beginImage(docker, reference)).here;
}

/** Resolves as soon as an image is found, here or in its registry; `here` once it is on this machine. */
export async function beginImage(
  docker: Dockerode,
  reference: string,
): Promise<{ readonly here: Promise<void> }> {
  const known = await docker
    .getImage(reference)
    .inspect()
    .catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  if (known !== undefined) return { here: Promise.resolve() };
  const progress = await docker.pull(reference);
  const here = new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(progress, (error) => (error ? reject(error) : resolve()));
  });
  return { here };
}

/** Whether Docker answered that what was named does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "statusCode" in error && error.statusCode === 404;
}
