import type { Engine } from "../../docker-engine/engine.ts";
import { reasonOf, StartFailure } from "./start-failure.ts";

/** What a container needs to know of its image. */
export interface Image {
  readonly digest: string | undefined;
  /** Names of the variables that the image sets. */
  readonly variables: ReadonlySet<string>;
}

/**
 * Has an image ready. A registry on this machine is asked each time: Fargate keeps no images, so one that was removed from its
 * repository starts no task, whatever Docker still holds. A plain name (`postgres:17`) is taken as Docker has it.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html.
 * @throws StartFailure with `CannotPullContainerError`
 */
export async function ensureImage(docker: Engine, reference: string): Promise<Image> {
  const known = await inspect(docker, reference);
  if (known !== undefined && !isLocal(reference)) return known;
  await pull(docker, reference).catch((error: unknown) => {
    throw cannotPull(reference, reasonOf(error));
  });
  const pulled = await inspect(docker, reference);
  if (pulled === undefined) throw cannotPull(reference, "not found");
  return pulled;
}

function cannotPull(reference: string, reason: string): StartFailure {
  return new StartFailure(
    `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${reference}: ${reason}`,
  );
}

async function pull(docker: Engine, reference: string): Promise<void> {
  const name = /(:[^/]+|@sha256:.+)$/.test(reference) ? reference : `${reference}:latest`;
  // A registry on this machine takes any password of ECR's user; others are asked without one.
  const authconfig = { username: "AWS", password: "local-aws", serveraddress: name.split("/")[0] ?? "" };
  await (await docker.pull(name, isLocal(name) ? authconfig : undefined)).done;
}

function isLocal(reference: string): boolean {
  return /^(localhost|127\.0\.0\.1):\d+\//.test(reference);
}

async function inspect(docker: Engine, reference: string): Promise<Image | undefined> {
  const found = await docker.inspectImage(reference).catch(absent);
  if (found === undefined) return undefined;
  return {
    digest: found.RepoDigests?.[0]?.split("@")[1] ?? found.Id,
    variables: new Set((found.Config?.Env ?? []).map((variable) => variable.split("=", 1)[0] ?? "")),
  };
}

/** Docker's 404 means that it is not there; anything else is a failure. */
export function absent(error: unknown): undefined {
  if (error instanceof Error && "statusCode" in error && error.statusCode === 404) return undefined;
  throw error;
}
