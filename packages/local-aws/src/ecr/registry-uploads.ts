import { isDigest } from "./blobs.ts";
import { repositoryAt, unsupported } from "./registry-blobs.ts";
import { RegistryError } from "./registry-error.ts";
import { repositoryOf, withRepository } from "./state.ts";
import type { Visit } from "./visit.ts";

/** POST: mounts a layer of another repository, takes one whole, or opens an upload. */
export async function startUpload(visit: Visit): Promise<void> {
  const { room, request, response, query } = visit;
  if (request.method !== "POST") throw unsupported(visit);
  repositoryAt(visit);
  const mount = query.get("mount");
  if (mount !== null && (await mounted(visit, mount, query.get("from")))) return created(visit, mount);
  const upload = await room.blobs.open();
  const digest = query.get("digest");
  if (digest !== null) {
    await room.blobs.append(upload, request);
    return finish(visit, upload, digest);
  }
  response.writeHead(202, uploadHeaders(visit, upload, 0));
  response.end();
}

/** PATCH appends, PUT ends, GET tells how far it is, DELETE drops it. */
export async function serveUpload(visit: Visit): Promise<void> {
  const { room, request, response, query, reference: upload } = visit;
  const received = room.blobs.received(upload);
  if (received === undefined)
    throw new RegistryError(
      404,
      "BLOB_UPLOAD_UNKNOWN",
      "this upload has ended, or the registry was restarted",
    );
  if (request.method === "PATCH") {
    requireStart(request.headers["content-range"], received);
    const size = await room.blobs.append(upload, request);
    response.writeHead(202, uploadHeaders(visit, upload, size));
  } else if (request.method === "PUT") {
    await room.blobs.append(upload, request);
    return finish(visit, upload, query.get("digest") ?? "");
  } else if (request.method === "DELETE") {
    await room.blobs.drop(upload);
    response.writeHead(204);
  } else if (request.method === "GET") {
    response.writeHead(204, uploadHeaders(visit, upload, received));
  } else {
    throw unsupported(visit);
  }
  response.end();
}

async function finish(visit: Visit, upload: string, digest: string): Promise<void> {
  const blob = isDigest(digest) ? await visit.room.blobs.finish(upload, digest) : undefined;
  if (blob === undefined) {
    await visit.room.blobs.drop(upload);
    throw new RegistryError(400, "DIGEST_INVALID", `what was uploaded does not have the digest ${digest}`);
  }
  await addLayer(visit, digest, blob.size);
  created(visit, digest);
}

async function mounted(visit: Visit, digest: string, from: string | null): Promise<boolean> {
  const layer = visit.room.store.get().repositories[from ?? ""]?.layers[digest];
  if (layer !== undefined) await addLayer(visit, digest, layer.size);
  return layer !== undefined;
}

async function addLayer({ room, repository: name }: Visit, digest: string, size: number): Promise<void> {
  const pushedAt = room.clock.now().toISOString();
  await room.store.update((state) => {
    const repository = repositoryOf(state, name, room.settings.accountId);
    return withRepository(state, {
      ...repository,
      layers: { ...repository.layers, [digest]: { size, pushedAt } },
    });
  });
}

function created({ response, repository }: Visit, digest: string): void {
  response.writeHead(201, { location: `/v2/${repository}/blobs/${digest}`, "docker-content-digest": digest });
  response.end();
}

function uploadHeaders({ repository }: Visit, upload: string, size: number) {
  return {
    location: `/v2/${repository}/blobs/uploads/${upload}`,
    "docker-upload-uuid": upload,
    range: `0-${Math.max(size - 1, 0)}`,
    "content-length": 0,
  };
}

function requireStart(range: string | undefined, received: number): void {
  const [, start] = /^(?:bytes )?(\d+)-\d+/.exec(range ?? "") ?? [];
  if (start === undefined || Number(start) === received) return;
  throw new RegistryError(416, "BLOB_UPLOAD_INVALID", `the next byte expected is ${received}`);
}
