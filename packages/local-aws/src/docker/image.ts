import type { Engine } from "../docker-engine/engine.ts";

/** Pulls an image where it is not on this machine yet. */
export async function ensureImage(docker: Engine, reference: string): Promise<void> {
  await (await beginImage(docker, reference)).here;
}

/** Resolves as soon as an image is found, here or in its registry; `here` once it is on this machine. */
export async function beginImage(
  docker: Engine,
  reference: string,
): Promise<{ readonly here: Promise<void> }> {
  const known = await docker.inspectImage(reference).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (known !== undefined) return { here: Promise.resolve() };
  return { here: (await docker.pull(reference)).done };
}

/** Whether Docker answered that what was named does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "statusCode" in error && error.statusCode === 404;
}
