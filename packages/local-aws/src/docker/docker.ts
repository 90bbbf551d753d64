import type Dockerode from "dockerode";

/** No Docker Engine answers. */
export class DockerMissing extends Error {
  override readonly name = "DockerMissing";
}

/**
 * Connects to the Docker Engine that `DOCKER_HOST` names, else to its usual socket.
 * @throws DockerMissing when nobody answers, or when the API there is too old to be spoken to.
 */
export async function connectDocker(): Promise<Dockerode> {
  // Loaded here: who only asks what the error is need not wait for the client and all that it brings.
  const { default: Engine } = await import("dockerode");
  const docker = new Engine();
  try {
    await docker.ping();
    return docker;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DockerMissing(
      `Docker does not answer (${reason}); start Docker Desktop or dockerd, or set DOCKER_HOST`,
    );
  }
}
