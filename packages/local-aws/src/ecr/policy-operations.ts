import { type Operation, ServiceError } from "../service.ts";
import { parseLifecyclePolicy } from "./lifecycle-policy.ts";
import { alter, idOf } from "./repository-operations.ts";
import type { Room } from "./room.ts";
import { repositoryOf } from "./state.ts";

type Named = { readonly repositoryName: string };

/** Repository policies (kept, not enforced: loopback has one account) and lifecycle policies. */
export function policyOperations(room: Room): Readonly<Record<string, Operation>> {
  return { ...repositoryPolicy(room), ...lifecyclePolicy(room) };
}

function repositoryPolicy(room: Room): Readonly<Record<string, Operation>> {
  const read = (input: Named, registryId: string): string => {
    const { policyText } = repositoryOf(room.store.get(), input.repositoryName, registryId);
    if (policyText !== undefined) return policyText;
    throw new ServiceError(
      "RepositoryPolicyNotFoundException",
      `Repository policy does not exist for the repository with name '${input.repositoryName}' in the registry with id '${registryId}'`,
    );
  };
  return {
    SetRepositoryPolicy: async (input: Named & { policyText: string }, call) => {
      requireJson(input.policyText);
      await alter(room, input, call, () => ({ policyText: input.policyText }));
      return { ...idOf(input, call), policyText: input.policyText };
    },
    GetRepositoryPolicy: async (input: Named, call) => ({
      ...idOf(input, call),
      policyText: read(input, call.accountId),
    }),
    DeleteRepositoryPolicy: async (input: Named, call) => {
      const policyText = read(input, call.accountId);
      await room.store.update((state) => {
        const { policyText: _gone, ...rest } = repositoryOf(state, input.repositoryName, call.accountId);
        return { ...state, repositories: { ...state.repositories, [rest.name]: rest } };
      });
      return { ...idOf(input, call), policyText };
    },
  };
}

function lifecyclePolicy(room: Room): Readonly<Record<string, Operation>> {
  const read = (input: Named, registryId: string) => {
    const { lifecycle } = repositoryOf(room.store.get(), input.repositoryName, registryId);
    if (lifecycle !== undefined) {
      return { lifecyclePolicyText: lifecycle.text, lastEvaluatedAt: new Date(lifecycle.evaluatedAt) };
    }
    throw new ServiceError(
      "LifecyclePolicyNotFoundException",
      `Lifecycle policy does not exist for the repository with name '${input.repositoryName}' in the registry with id '${registryId}'`,
    );
  };
  return {
    PutLifecyclePolicy: async (input: Named & { lifecyclePolicyText: string }, call) => {
      const text = input.lifecyclePolicyText;
      parseLifecyclePolicy(text);
      await alter(room, input, call, () => ({ lifecycle: { text, evaluatedAt: new Date(0).toISOString() } }));
      return { ...idOf(input, call), lifecyclePolicyText: text };
    },
    GetLifecyclePolicy: async (input: Named, call) => ({
      ...idOf(input, call),
      ...read(input, call.accountId),
    }),
    DeleteLifecyclePolicy: async (input: Named, call) => {
      const policy = read(input, call.accountId);
      await room.store.update((state) => {
        const { lifecycle: _gone, ...rest } = repositoryOf(state, input.repositoryName, call.accountId);
        return { ...state, repositories: { ...state.repositories, [rest.name]: rest } };
      });
      return { ...idOf(input, call), ...policy };
    },
  };
}

function requireJson(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new ServiceError(
      "InvalidParameterException",
      "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
    );
  }
}
