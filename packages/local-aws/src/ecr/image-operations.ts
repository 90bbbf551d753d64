import type { ImageDetail, ImageFailure, ImageIdentifier } from "@aws-sdk/client-ecr";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { digestOf, isDigest } from "./blobs.ts";
import { findImage, listedBy, pushImage, withoutImage, withoutTag } from "./images.ts";
import { type Manifest, parseManifest } from "./manifest.ts";
import { page } from "./page.ts";
import { idOf } from "./repository-operations.ts";
import { change, type Room } from "./room.ts";
import { type Repository, repositoryOf, tagsOf, withRepository } from "./state.ts";

type Named = { readonly repositoryName: string };
type Identified = Named & { readonly imageIds: readonly ImageIdentifier[] };
type Paged = { readonly maxResults?: number; readonly nextToken?: string };
type Filtered = Named & Paged & { readonly filter?: { readonly tagStatus?: "TAGGED" | "UNTAGGED" | "ANY" } };

/** Operations on images and layers. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/ */
export function imageOperations(room: Room): Readonly<Record<string, Operation>> {
  const repository = (input: Named, call: Call): Repository =>
    repositoryOf(room.store.get(), input.repositoryName, call.accountId);
  return {
    PutImage: async (input: PutImageInput, call) => putImage(room, input, call),
    BatchGetImage: async (input: Identified, call) => batchGet(room, repository(input, call), input.imageIds),
    BatchDeleteImage: async (input: Identified, call) => {
      const outcome = deletable(repository(input, call), input.imageIds);
      await change(room, (state) => {
        const now = repositoryOf(state, input.repositoryName, call.accountId);
        return withRepository(state, outcome.imageIds.reduce(without, now));
      });
      return outcome;
    },
    DescribeImages: async (input: Filtered & { imageIds?: readonly ImageIdentifier[] }, call) => {
      const { items, nextToken } = page(details(repository(input, call), input), input);
      return { imageDetails: items, nextToken };
    },
    ListImages: async (input: Filtered, call) => {
      const { items, nextToken } = page(identifiers(repository(input, call), input.filter?.tagStatus), input);
      return { imageIds: items, nextToken };
    },
    BatchCheckLayerAvailability: async (input: Named & { layerDigests: readonly string[] }, call) =>
      layerAvailability(repository(input, call), input.layerDigests),
  };
}

interface PutImageInput extends Named {
  readonly imageManifest: string;
  readonly imageManifestMediaType?: string;
  readonly imageTag?: string;
  readonly imageDigest?: string;
}

async function putImage(room: Room, input: PutImageInput, call: Call) {
  const digest = digestOf(input.imageManifest);
  const repository = repositoryOf(room.store.get(), input.repositoryName, call.accountId);
  requireDigest(input, digest);
  requireNews(repository, input.imageTag, digest);
  const manifest = requireManifest(input.imageManifest, input.imageManifestMediaType);
  await storeImage(room, {
    ...input,
    registryId: call.accountId,
    digest,
    manifest,
    content: Buffer.from(input.imageManifest),
  });
  return {
    image: {
      ...idOf(input, call),
      imageId: { imageDigest: digest, imageTag: input.imageTag },
      imageManifest: input.imageManifest,
      imageManifestMediaType: manifest.mediaType,
    },
  };
}

/** Keeps a manifest's bytes and records the image. */
export async function storeImage(
  room: Room,
  image: {
    readonly repositoryName: string;
    readonly registryId: string;
    readonly digest: string;
    readonly manifest: Manifest;
    readonly content: Uint8Array;
    readonly imageTag?: string;
  },
): Promise<void> {
  await room.blobs.put(image.content);
  await change(room, (state) =>
    pushImage(state, {
      repository: image.repositoryName,
      registryId: image.registryId,
      digest: image.digest,
      manifest: image.manifest,
      ...(image.imageTag === undefined ? {} : { tag: image.imageTag }),
      at: room.clock.now().toISOString(),
    }),
  );
}

function requireDigest(input: PutImageInput, digest: string): void {
  if (input.imageDigest === undefined || input.imageDigest === digest) return;
  throw new ServiceError(
    "ImageDigestDoesNotMatchException",
    `The specified image digest '${input.imageDigest}' does not match the digest '${digest}' that was calculated for the image`,
  );
}

function requireNews(repository: Repository, tag: string | undefined, digest: string): void {
  const isKnown =
    tag === undefined ? repository.images[digest] !== undefined : repository.imageTags[tag] === digest;
  if (!isKnown) return;
  throw new ServiceError(
    "ImageAlreadyExistsException",
    `Image with digest '${digest}' and tag '${tag ?? "null"}' already exists in the repository with name '${repository.name}' in registry with id '${repository.registryId}'`,
  );
}

function requireManifest(text: string, mediaType: string | undefined): Manifest {
  const manifest = parseManifest(text, mediaType);
  if (manifest !== undefined) return manifest;
  throw new ServiceError(
    "InvalidParameterException",
    "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax or unsupported manifest'",
  );
}

async function batchGet(room: Room, repository: Repository, imageIds: readonly ImageIdentifier[]) {
  const found = imageIds.map((imageId) => ({ imageId, digest: findImage(repository, referenceOf(imageId)) }));
  const images = found.flatMap(({ imageId, digest }) => (digest === undefined ? [] : [{ imageId, digest }]));
  return {
    images: await Promise.all(
      images.map(async ({ imageId, digest }) => ({
        registryId: repository.registryId,
        repositoryName: repository.name,
        imageId: { imageDigest: digest, imageTag: imageId.imageTag },
        imageManifest: await room.blobs.text(digest),
        imageManifestMediaType: repository.images[digest]?.mediaType,
      })),
    ),
    failures: found.flatMap(({ imageId, digest }) => (digest === undefined ? [failure(imageId)] : [])),
  };
}

function referenceOf({ imageTag, imageDigest }: ImageIdentifier) {
  return {
    ...(imageTag === undefined ? {} : { tag: imageTag }),
    ...(imageDigest === undefined ? {} : { digest: imageDigest }),
  };
}

function failure(imageId: ImageIdentifier): ImageFailure {
  const { imageTag, imageDigest } = imageId;
  if (imageTag === undefined && imageDigest === undefined) {
    return {
      imageId,
      failureCode: "MissingDigestAndTag",
      failureReason: "Invalid request parameters: both tag and digest cannot be null",
    };
  }
  if (imageDigest !== undefined && !isDigest(imageDigest)) {
    return {
      imageId,
      failureCode: "InvalidImageDigest",
      failureReason:
        "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
    };
  }
  return { imageId, failureCode: "ImageNotFound", failureReason: "Requested image not found" };
}

function deletable(repository: Repository, imageIds: readonly ImageIdentifier[]) {
  const going = imageIds.flatMap((imageId) => findImage(repository, referenceOf(imageId)) ?? []);
  const outcomes = imageIds.map((imageId) => {
    const digest = findImage(repository, referenceOf(imageId));
    if (digest === undefined) return { failure: failure(imageId) };
    const index =
      imageId.imageTag === undefined && listedBy(repository, digest).find((one) => !going.includes(one));
    if (typeof index !== "string") return { imageId: { ...imageId, imageDigest: digest } };
    return {
      failure: {
        imageId,
        failureCode: "ImageReferencedByManifestList" as const,
        failureReason: `Requested image referenced by manifest list: [${index}]`,
      },
    };
  });
  return {
    imageIds: outcomes.flatMap((one) => one.imageId ?? []),
    failures: outcomes.flatMap((one) => one.failure ?? []),
  };
}

function without(repository: Repository, { imageTag, imageDigest }: ImageIdentifier): Repository {
  if (imageTag !== undefined) return withoutTag(repository, imageTag);
  return imageDigest === undefined ? repository : withoutImage(repository, imageDigest);
}

function details(
  repository: Repository,
  input: { imageIds?: readonly ImageIdentifier[]; filter?: { tagStatus?: string } },
): readonly ImageDetail[] {
  const digests =
    input.imageIds?.map((imageId) => requireImage(repository, imageId)) ?? Object.keys(repository.images);
  return [...new Set(digests)]
    .map((digest) => detail(repository, digest))
    .filter((one) => hasStatus(one.imageTags !== undefined, input.filter?.tagStatus));
}

function requireImage(repository: Repository, imageId: ImageIdentifier): string {
  const digest = findImage(repository, referenceOf(imageId));
  if (digest !== undefined) return digest;
  throw new ServiceError(
    "ImageNotFoundException",
    `The image with imageId {imageDigest:'${imageId.imageDigest ?? "null"}', imageTag:'${imageId.imageTag ?? "null"}'} does not exist within the repository with name '${repository.name}' in the registry with id '${repository.registryId}'`,
  );
}

function detail(repository: Repository, imageDigest: string): ImageDetail {
  const image = repository.images[imageDigest];
  const tags = tagsOf(repository, imageDigest);
  return {
    registryId: repository.registryId,
    repositoryName: repository.name,
    imageDigest,
    imageTags: tags.length > 0 ? [...tags] : undefined,
    imageSizeInBytes: image?.size,
    imagePushedAt: image === undefined ? undefined : new Date(image.pushedAt),
    imageManifestMediaType: image?.mediaType,
    artifactMediaType: image?.artifactMediaType,
    lastRecordedPullTime: image?.pulledAt === undefined ? undefined : new Date(image.pulledAt),
  };
}

function identifiers(repository: Repository, status: string | undefined): readonly ImageIdentifier[] {
  return Object.keys(repository.images).flatMap((imageDigest) => {
    const tags = tagsOf(repository, imageDigest);
    if (!hasStatus(tags.length > 0, status)) return [];
    return tags.length === 0 ? [{ imageDigest }] : tags.map((imageTag) => ({ imageDigest, imageTag }));
  });
}

function hasStatus(isTagged: boolean, status: string | undefined): boolean {
  return status === undefined || status === "ANY" || isTagged === (status === "TAGGED");
}

function layerAvailability(repository: Repository, digests: readonly string[]) {
  return {
    layers: digests.filter(isDigest).map((layerDigest) => {
      const layer = repository.layers[layerDigest];
      if (layer === undefined) return { layerDigest, layerAvailability: "UNAVAILABLE" };
      return { layerDigest, layerAvailability: "AVAILABLE", layerSize: layer.size };
    }),
    failures: digests
      .filter((digest) => !isDigest(digest))
      .map((layerDigest) => ({
        layerDigest,
        failureCode: "InvalidLayerDigest",
        failureReason: "Invalid digest",
      })),
  };
}
