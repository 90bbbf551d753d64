import { pipeline } from "node:stream/promises";
import { RegistryError } from "./registry-error.ts";
import { type Repository, repositoryOf } from "./state.ts";
import type { Visit } from "./visit.ts";

/** HEAD and GET of a layer or configuration, from a byte on where `Range` asks for it. */
export async function serveBlob(visit: Visit): Promise<void> {
  const { request, response, reference: digest } = visit;
  const layer = repositoryAt(visit).layers[digest];
  if (layer === undefined)
    throw new RegistryError(404, "BLOB_UNKNOWN", `The layer ${digest} is not in ${visit.repository}`);
  if (request.method !== "GET" && request.method !== "HEAD") throw unsupported(visit);
  const start = rangeStart(request.headers.range);
  if (start >= layer.size && start > 0)
    throw new RegistryError(416, "SIZE_INVALID", "the range begins past the end");
  response.writeHead(start === 0 ? 200 : 206, {
    "content-type": "application/octet-stream",
    "content-length": layer.size - start,
    "docker-content-digest": digest,
    "accept-ranges": "bytes",
    ...(start === 0 ? {} : { "content-range": `bytes ${start}-${layer.size - 1}/${layer.size}` }),
  });
  if (request.method === "HEAD") response.end();
  else await pipeline(visit.room.blobs.read(digest, start), response);
}

/** @throws ServiceError RepositoryNotFoundException: a push does not create a repository. */
export function repositoryAt({ room, repository }: Visit): Repository {
  return repositoryOf(room.store.get(), repository, room.settings.accountId);
}

export function unsupported({ request }: Visit): RegistryError {
  return new RegistryError(405, "UNSUPPORTED", `${request.method} is not supported here`);
}

/** Clients resume a pull with `bytes=<start>-`; other ranges are answered whole. */
function rangeStart(range: string | undefined): number {
  const [, start] = /^bytes=(\d+)-$/.exec(range ?? "") ?? [];
  return Number(start ?? 0);
}
