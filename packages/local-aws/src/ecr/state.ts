import type { ImageTagMutability, ImageTagMutabilityExclusionFilter } from "@aws-sdk/client-ecr";
import { ServiceError } from "../service.ts";

/** What the store keeps. Bytes of blobs and manifests lie in files, see blobs.ts. */
export interface EcrState {
  /** By repository name. One registry answers for all regions: a name in a Docker reference carries none here. */
  readonly repositories: Readonly<Record<string, Repository>>;
}

export interface Repository {
  readonly name: string;
  readonly arn: string;
  readonly registryId: string;
  readonly uri: string;
  /** ISO 8601, as all times in the store. */
  readonly createdAt: string;
  readonly mutability: ImageTagMutability;
  readonly exclusions: readonly ImageTagMutabilityExclusionFilter[];
  readonly scanOnPush: boolean;
  readonly encryption: { readonly encryptionType: "AES256" | "KMS" | "KMS_DSSE"; readonly kmsKey?: string };
  readonly tags: Readonly<Record<string, string>>;
  readonly policyText?: string;
  readonly lifecycle?: { readonly text: string; readonly evaluatedAt: string };
  /** By digest: layers and configurations pushed here. */
  readonly layers: Readonly<Record<string, Layer>>;
  /** By digest. */
  readonly images: Readonly<Record<string, Image>>;
  /** Tag → digest. */
  readonly imageTags: Readonly<Record<string, string>>;
}

interface Layer {
  readonly size: number;
  readonly pushedAt: string;
}

export interface Image {
  readonly mediaType: string;
  readonly artifactMediaType?: string;
  /** Bytes of configuration and layers as stored (compressed). */
  readonly size: number;
  readonly pushedAt: string;
  readonly pulledAt?: string;
  /** Digests of configuration and layers. */
  readonly layers: readonly string[];
  /** Digests of the manifests an index lists. */
  readonly manifests: readonly string[];
}

export const emptyState: EcrState = { repositories: {} };

/** @throws ServiceError RepositoryNotFoundException, as every operation on a repository does. */
export function repositoryOf(state: EcrState, name: string, registryId: string): Repository {
  const repository = state.repositories[name];
  if (repository !== undefined) return repository;
  throw new ServiceError(
    "RepositoryNotFoundException",
    `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
  );
}

export function withRepository(state: EcrState, repository: Repository): EcrState {
  return { ...state, repositories: { ...state.repositories, [repository.name]: repository } };
}

/** Tags of an image, in order. */
export function tagsOf(repository: Repository, digest: string): readonly string[] {
  return Object.entries(repository.imageTags)
    .filter(([, target]) => target === digest)
    .map(([tag]) => tag)
    .sort();
}
