import type {
  CreateRepositoryRequest,
  DeleteRepositoryRequest,
  DescribeRepositoriesRequest,
  PutImageScanningConfigurationRequest,
  PutImageTagMutabilityRequest,
  Repository as SdkRepository,
  Tag,
} from "@aws-sdk/client-ecr";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { page } from "./page.ts";
import { change, type Room } from "./room.ts";
import { type EcrState, type Repository, repositoryOf, withRepository } from "./state.ts";

type Named = { readonly repositoryName: string };

/** Operations on repositories themselves. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/ */
export function repositoryOperations(room: Room): Readonly<Record<string, Operation>> {
  return {
    CreateRepository: async (input: CreateRepositoryRequest & Named, call) => {
      const repository = newRepository(room, input, call);
      await room.store.update((state) => withNew(state, repository));
      return { repository: repositoryAnswer(repository) };
    },
    DescribeRepositories: async (input: DescribeRepositoriesRequest, call) =>
      describe(room.store.get(), input, call),
    DeleteRepository: async (input: DeleteRepositoryRequest & Named, call) => {
      const repository = repositoryOf(room.store.get(), input.repositoryName, call.accountId);
      await change(room, (state) => without(state, input, call));
      return { repository: repositoryAnswer(repository) };
    },
    PutImageScanningConfiguration: async (input: PutImageScanningConfigurationRequest & Named, call) => {
      const scanOnPush = input.imageScanningConfiguration?.scanOnPush ?? false;
      await alter(room, input, call, () => ({ scanOnPush }));
      return { ...idOf(input, call), imageScanningConfiguration: { scanOnPush } };
    },
    PutImageTagMutability: async (input: PutImageTagMutabilityRequest & Named, call) => {
      const mutability = input.imageTagMutability ?? "MUTABLE";
      const exclusions = input.imageTagMutabilityExclusionFilters ?? [];
      await alter(room, input, call, () => ({ mutability, exclusions }));
      return {
        ...idOf(input, call),
        imageTagMutability: mutability,
        imageTagMutabilityExclusionFilters: exclusions.length > 0 ? exclusions : undefined,
      };
    },
    TagResource: async (input: { resourceArn: string; tags: readonly Tag[] }) => {
      const { name } = byArn(room, input.resourceArn);
      await room.store.update((state) =>
        retagged(state, name, (tags) => ({ ...tags, ...tagRecord(input.tags) })),
      );
      return {};
    },
    UntagResource: async (input: { resourceArn: string; tagKeys: readonly string[] }) => {
      const { name } = byArn(room, input.resourceArn);
      const isKept = ([key]: readonly [string, string]): boolean => !input.tagKeys.includes(key);
      await room.store.update((state) =>
        retagged(state, name, (tags) => Object.fromEntries(Object.entries(tags).filter(isKept))),
      );
      return {};
    },
    ListTagsForResource: async (input: { resourceArn: string }) => ({
      tags: Object.entries(byArn(room, input.resourceArn).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  };
}

/** Replaces members of a repository that must be there. */
export async function alter(
  room: Room,
  { repositoryName }: Named,
  call: Call,
  change: (repository: Repository) => Partial<Repository>,
): Promise<void> {
  await room.store.update((state) => {
    const repository = repositoryOf(state, repositoryName, call.accountId);
    return withRepository(state, { ...repository, ...change(repository) });
  });
}

/** The two members by which every answer names its repository. */
export function idOf({ repositoryName }: Named, call: Call) {
  return { registryId: call.accountId, repositoryName };
}

function newRepository(room: Room, input: CreateRepositoryRequest & Named, call: Call): Repository {
  const { encryptionType = "AES256", kmsKey } = input.encryptionConfiguration ?? {};
  return {
    name: input.repositoryName,
    arn: `arn:aws:ecr:${call.region}:${call.accountId}:repository/${input.repositoryName}`,
    registryId: call.accountId,
    uri: `localhost:${room.settings.port}/${input.repositoryName}`,
    createdAt: room.clock.now().toISOString(),
    mutability: input.imageTagMutability ?? "MUTABLE",
    exclusions: input.imageTagMutabilityExclusionFilters ?? [],
    scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
    encryption: { encryptionType, ...(kmsKey === undefined ? {} : { kmsKey }) },
    tags: tagRecord(input.tags ?? []),
    layers: {},
    images: {},
    imageTags: {},
  };
}

function withNew(state: EcrState, repository: Repository): EcrState {
  if (state.repositories[repository.name] === undefined) return withRepository(state, repository);
  throw new ServiceError(
    "RepositoryAlreadyExistsException",
    `The repository with name '${repository.name}' already exists in the registry with id '${repository.registryId}'`,
  );
}

function without(state: EcrState, input: DeleteRepositoryRequest & Named, call: Call): EcrState {
  const repository = repositoryOf(state, input.repositoryName, call.accountId);
  if (Object.keys(repository.images).length > 0 && input.force !== true) {
    throw new ServiceError(
      "RepositoryNotEmptyException",
      `The repository with name '${repository.name}' in registry with id '${repository.registryId}' cannot be deleted because it still contains images`,
    );
  }
  const { [repository.name]: _gone, ...repositories } = state.repositories;
  return { ...state, repositories };
}

function describe(state: EcrState, input: DescribeRepositoriesRequest, call: Call) {
  const names = input.repositoryNames ?? Object.keys(state.repositories).sort();
  const { items, nextToken } = page(names, input);
  return {
    repositories: items.map((name) => repositoryAnswer(repositoryOf(state, name, call.accountId))),
    nextToken,
  };
}

function repositoryAnswer(repository: Repository): SdkRepository {
  return {
    repositoryArn: repository.arn,
    registryId: repository.registryId,
    repositoryName: repository.name,
    repositoryUri: repository.uri,
    createdAt: new Date(repository.createdAt),
    imageTagMutability: repository.mutability,
    imageTagMutabilityExclusionFilters:
      repository.exclusions.length > 0 ? [...repository.exclusions] : undefined,
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: repository.encryption,
  };
}

function byArn(room: Room, arn: string): Repository {
  const found = Object.values(room.store.get().repositories).find((one) => one.arn === arn);
  if (found !== undefined) return found;
  throw new ServiceError("RepositoryNotFoundException", `The repository with ARN '${arn}' does not exist`);
}

function retagged(
  state: EcrState,
  name: string,
  change: (tags: Repository["tags"]) => Repository["tags"],
): EcrState {
  const repository = state.repositories[name];
  return repository === undefined
    ? state
    : withRepository(state, { ...repository, tags: change(repository.tags) });
}

function tagRecord(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}
