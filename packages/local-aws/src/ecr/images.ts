import { ServiceError } from "../service.ts";
import type { Manifest } from "./manifest.ts";
import { type EcrState, type Image, type Repository, repositoryOf, tagsOf, withRepository } from "./state.ts";

/** An image that was pushed, by PutImage or by a client of the registry. */
export interface Push {
  readonly repository: string;
  readonly registryId: string;
  readonly digest: string;
  readonly manifest: Manifest;
  readonly tag?: string;
  readonly at: string;
}

/**
 * The state with the image in it.
 * @throws ServiceError LayersNotFoundException, ReferencedImagesNotFoundException, ImageTagAlreadyExistsException,
 * as https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html lists them.
 */
export function pushImage(state: EcrState, push: Push): EcrState {
  const repository = repositoryOf(state, push.repository, push.registryId);
  requireParts(repository, push);
  requireFreeTag(repository, push.tag);
  const known = repository.images[push.digest];
  const image: Image = known ?? { ...push.manifest, pushedAt: push.at };
  return withRepository(state, {
    ...repository,
    images: { ...repository.images, [push.digest]: image },
    imageTags:
      push.tag === undefined ? repository.imageTags : { ...repository.imageTags, [push.tag]: push.digest },
  });
}

function requireParts(repository: Repository, { manifest }: Push): void {
  const layers = manifest.layers.filter((digest) => repository.layers[digest] === undefined);
  if (layers.length > 0) {
    throw new ServiceError(
      "LayersNotFoundException",
      `Layers with digests '[${layers.join(", ")}]' required for pushing image into repository with name '${repository.name}' in the registry with id '${repository.registryId}' do not exist`,
    );
  }
  const images = manifest.manifests.filter((digest) => repository.images[digest] === undefined);
  if (images.length > 0) {
    throw new ServiceError(
      "ReferencedImagesNotFoundException",
      `Images with digests '[${images.join(", ")}]' required for pushing image into repository with name '${repository.name}' in the registry with id '${repository.registryId}' do not exist`,
    );
  }
}

/** ECR refuses a tag that is there also when it would keep its digest. */
function requireFreeTag(repository: Repository, tag: string | undefined): void {
  if (tag === undefined || repository.imageTags[tag] === undefined || !isImmutable(repository, tag)) return;
  throw new ServiceError(
    "ImageTagAlreadyExistsException",
    `The image tag '${tag}' already exists in the '${repository.name}' repository and cannot be overwritten because the tag is immutable.`,
  );
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html */
function isImmutable({ mutability, exclusions }: Repository, tag: string): boolean {
  const excluded = exclusions.some(({ filter = "" }) => matchesPattern(filter, tag));
  if (mutability === "IMMUTABLE") return true;
  if (mutability === "IMMUTABLE_WITH_EXCLUSION") return !excluded;
  return mutability === "MUTABLE_WITH_EXCLUSION" && excluded;
}

/** Whether a pattern, in which `*` stands for any text, is the whole of a tag. */
export function matchesPattern(pattern: string, tag: string): boolean {
  const [first = "", ...others] = pattern.split("*").map(RegExp.escape);
  const last = others.pop();
  // A part between two `*` is taken where it comes first and never again elsewhere: time does not grow with their number.
  const between = others.map((part, index) => `(?=(.*?${part}))\\${index + 1}`).join("");
  return new RegExp(last === undefined ? `^${first}$` : `^${first}${between}.*${last}$`).test(tag);
}

/** Digest of a tag or digest, undefined when the repository has no such image. */
export function findImage(
  repository: Repository,
  reference: { tag?: string; digest?: string },
): string | undefined {
  const { tag, digest } = reference;
  const byTag = tag === undefined ? undefined : repository.imageTags[tag];
  if (digest === undefined) return byTag;
  if (repository.images[digest] === undefined) return undefined;
  return tag === undefined || byTag === digest ? digest : undefined;
}

/** Indexes that list an image; it cannot go before them. */
export function listedBy(repository: Repository, digest: string): readonly string[] {
  return Object.entries(repository.images)
    .filter(([, image]) => image.manifests.includes(digest))
    .map(([index]) => index);
}

/** The repository without a tag; an image that loses its last tag goes with it, as BatchDeleteImage says. */
export function withoutTag(repository: Repository, tag: string): Repository {
  const digest = repository.imageTags[tag];
  const { [tag]: _gone, ...imageTags } = repository.imageTags;
  const left = { ...repository, imageTags };
  if (digest === undefined || tagsOf(left, digest).length > 0 || listedBy(left, digest).length > 0)
    return left;
  return withoutImage(left, digest);
}

/** The repository without an image and its tags; layers that no other image names go as well. */
export function withoutImage(repository: Repository, digest: string): Repository {
  const { [digest]: image, ...images } = repository.images;
  const used = new Set(Object.values(images).flatMap((other) => other.layers));
  const gone = new Set(image?.layers.filter((layer) => !used.has(layer)));
  return {
    ...repository,
    images,
    imageTags: Object.fromEntries(
      Object.entries(repository.imageTags).filter(([, target]) => target !== digest),
    ),
    layers: Object.fromEntries(Object.entries(repository.layers).filter(([layer]) => !gone.has(layer))),
  };
}

/** Digests of files that a change made superfluous: named before, and by no repository after it. */
export function superfluous(before: EcrState, after: EcrState): readonly string[] {
  const kept = digestsIn(after);
  return [...digestsIn(before)].filter((digest) => !kept.has(digest));
}

function digestsIn(state: EcrState): ReadonlySet<string> {
  const repositories = Object.values(state.repositories);
  return new Set(repositories.flatMap((one) => [...Object.keys(one.layers), ...Object.keys(one.images)]));
}
