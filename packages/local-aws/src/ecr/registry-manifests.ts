import { digestOf, isDigest } from "./blobs.ts";
import { storeImage } from "./image-operations.ts";
import { findImage, listedBy, withoutImage, withoutTag } from "./images.ts";
import { parseManifest } from "./manifest.ts";
import { repositoryAt, unsupported } from "./registry-blobs.ts";
import { RegistryError } from "./registry-error.ts";
import { change } from "./room.ts";
import { type Repository, repositoryOf, withRepository } from "./state.ts";
import type { Visit } from "./visit.ts";

const mostManifestBytes = 4 * 1024 * 1024;

export async function serveManifest(visit: Visit): Promise<void> {
  const { method } = visit.request;
  if (method === "PUT") return putManifest(visit);
  if (method === "DELETE") return deleteManifest(visit);
  if (method === "GET" || method === "HEAD") return getManifest(visit);
  throw unsupported(visit);
}

/** GET /v2/<name>/tags/list, in pages where `n` and `last` ask for them. */
export async function listTags(visit: Visit): Promise<void> {
  const { response, query } = visit;
  if (visit.request.method !== "GET") throw unsupported(visit);
  const last = query.get("last") ?? "";
  const all = Object.keys(repositoryAt(visit).imageTags)
    .sort()
    .filter((tag) => tag > last);
  const tags = all.slice(0, Number(query.get("n") ?? all.length));
  if (tags.length < all.length) {
    const next = new URLSearchParams({ n: String(tags.length), last: tags.at(-1) ?? "" });
    response.setHeader("link", `</v2/${visit.repository}/tags/list?${next}>; rel="next"`);
  }
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ name: visit.repository, tags }));
}

async function putManifest(visit: Visit): Promise<void> {
  const { room, request, response, repository, reference } = visit;
  repositoryAt(visit);
  const content = await manifestBytes(visit);
  const digest = digestOf(content);
  if (isDigest(reference) && reference !== digest) {
    throw new RegistryError(400, "DIGEST_INVALID", `the manifest has the digest ${digest}, not ${reference}`);
  }
  const manifest = parseManifest(content.toString("utf8"), request.headers["content-type"]);
  if (manifest === undefined)
    throw new RegistryError(400, "MANIFEST_INVALID", "neither an image manifest nor an index");
  const tag = isDigest(reference) ? {} : { imageTag: reference };
  await storeImage(room, {
    repositoryName: repository,
    registryId: room.settings.accountId,
    digest,
    manifest,
    content,
    ...tag,
  });
  response.writeHead(201, {
    location: `/v2/${repository}/manifests/${digest}`,
    "docker-content-digest": digest,
  });
  response.end();
}

async function manifestBytes({ request }: Visit): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > mostManifestBytes)
      throw new RegistryError(413, "SIZE_INVALID", "a manifest has at most 4 MiB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function getManifest(visit: Visit): Promise<void> {
  const { room, request, response } = visit;
  const repository = repositoryAt(visit);
  const digest = requireImage(visit, repository);
  const content = Buffer.from(await room.blobs.text(digest));
  response.writeHead(200, {
    "content-type": repository.images[digest]?.mediaType,
    "content-length": content.length,
    "docker-content-digest": digest,
  });
  response.end(request.method === "HEAD" ? undefined : content);
  if (request.method === "GET") await recordPull(visit, digest);
}

async function deleteManifest(visit: Visit): Promise<void> {
  const { room, response, reference } = visit;
  const digest = requireImage(visit, repositoryAt(visit));
  await change(room, (state) => {
    const repository = repositoryOf(state, visit.repository, room.settings.accountId);
    return withRepository(state, without(repository, reference, digest));
  });
  response.writeHead(202);
  response.end();
}

function without(repository: Repository, reference: string, digest: string): Repository {
  if (!isDigest(reference)) return withoutTag(repository, reference);
  const [index] = listedBy(repository, digest);
  if (index !== undefined)
    throw new RegistryError(400, "MANIFEST_INVALID", `the index ${index} lists this image`);
  return withoutImage(repository, digest);
}

function requireImage({ reference }: Visit, repository: Repository): string {
  const digest = findImage(repository, isDigest(reference) ? { digest: reference } : { tag: reference });
  if (digest !== undefined) return digest;
  throw new RegistryError(
    404,
    "MANIFEST_UNKNOWN",
    `Requested image not found: ${repository.name} has no ${reference}`,
  );
}

async function recordPull({ room, repository: name }: Visit, digest: string): Promise<void> {
  const pulledAt = room.clock.now().toISOString();
  await room.store.update((state) => {
    const repository = state.repositories[name];
    const image = repository?.images[digest];
    if (repository === undefined || image === undefined) return state;
    return withRepository(state, {
      ...repository,
      images: { ...repository.images, [digest]: { ...image, pulledAt } },
    });
  });
}
