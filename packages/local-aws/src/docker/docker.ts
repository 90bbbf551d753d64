import Dockerode from "dockerode";

/** No Docker Engine answers. */
export class DockerMissing extends Error {
  override readonly name = "DockerMissing";
}

/**
 * Connects to the Docker Engine that `DOCKER_HOST` names, else to its usual socket.
 * @throws DockerMissing when nobody answers, or when the API there is too old to be spoken to.
 */
export async function connectDocker(): Promise<Dockerode> {
  const docker = new Dockerode();
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
