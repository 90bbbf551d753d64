import { homedir } from "node:os";
import { findEndpoint } from "../docker-engine/endpoint.ts";
import { createEngine, type Engine } from "../docker-engine/engine.ts";

/** No Docker Engine answers. */
export class DockerMissing extends Error {
  override readonly name = "DockerMissing";
}

/**
 * Connects to the Docker Engine that the environment or the `docker` command's configuration names, else to its usual socket.
 * @throws DockerMissing when nobody answers, or when the API there is too old to be spoken to.
 */
export async function connectDocker(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Promise<Engine> {
  try {
    const docker = createEngine(await findEndpoint({ environment, home: homedir(), platform }));
    await docker.ping();
    return docker;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DockerMissing(
      `Docker does not answer (${reason}); start Docker Desktop or dockerd, or set DOCKER_HOST`,
    );
  }
}
