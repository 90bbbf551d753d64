import type { BackupPolicy, LifecyclePolicy } from "@aws-sdk/client-efs";
import type { Operation } from "../service.ts";
import { badRequest, notFound } from "./errors.ts";
import { withFileSystem } from "./file-systems.ts";
import { fileSystemOf } from "./find.ts";
import type { Room } from "./room.ts";
import type { FileSystem } from "./state.ts";

interface Named {
  readonly FileSystemId: string;
}

/** What is written down about a file system: who may use it, whether AWS Backup copies it, when files go to slower storage. */
export function policyOperations(room: Room): Readonly<Record<string, Operation>> {
  return { ...accessOperations(room), ...backupOperations(room), ...lifecycleOperations(room) };
}

function accessOperations(room: Room): Readonly<Record<string, Operation>> {
  return {
    PutFileSystemPolicy: async ({ FileSystemId, Policy }: Named & { Policy: string }) => {
      checkJson(Policy);
      await change(room, FileSystemId, { policy: Policy });
      return { FileSystemId, Policy };
    },
    DescribeFileSystemPolicy: async ({ FileSystemId }: Named) => {
      const { policy } = fileSystemOf(room.store.get(), FileSystemId);
      if (policy === undefined) {
        throw notFound("PolicyNotFound", `File system '${FileSystemId}' has no policy.`);
      }
      return { FileSystemId, Policy: policy };
    },
    DeleteFileSystemPolicy: async ({ FileSystemId }: Named) => {
      await change(room, FileSystemId, { policy: undefined });
      return {};
    },
  };
}

function backupOperations(room: Room): Readonly<Record<string, Operation>> {
  return {
    PutBackupPolicy: async ({ FileSystemId, BackupPolicy: put }: Named & { BackupPolicy: BackupPolicy }) => {
      const changed = await change(room, FileSystemId, { isBackedUp: put.Status === "ENABLED" });
      return { BackupPolicy: backupPolicy(changed) };
    },
    DescribeBackupPolicy: async ({ FileSystemId }: Named) => ({
      BackupPolicy: backupPolicy(fileSystemOf(room.store.get(), FileSystemId)),
    }),
  };
}

function lifecycleOperations(room: Room): Readonly<Record<string, Operation>> {
  return {
    PutLifecycleConfiguration: async ({
      FileSystemId,
      LifecyclePolicies,
    }: Named & { LifecyclePolicies: readonly LifecyclePolicy[] }) => {
      await change(room, FileSystemId, { lifecycle: LifecyclePolicies });
      return { LifecyclePolicies };
    },
    DescribeLifecycleConfiguration: async ({ FileSystemId }: Named) => ({
      LifecyclePolicies: fileSystemOf(room.store.get(), FileSystemId).lifecycle,
    }),
  };
}

async function change({ store }: Room, id: string, changes: Partial<FileSystem>): Promise<FileSystem> {
  const changed = { ...fileSystemOf(store.get(), id), ...changes };
  await store.update((state) => withFileSystem(state, changed));
  return changed;
}

function backupPolicy({ isBackedUp }: FileSystem): BackupPolicy {
  return { Status: isBackedUp ? "ENABLED" : "DISABLED" };
}

function checkJson(policy: string): void {
  try {
    JSON.parse(policy);
  } catch {
    throw badRequest("The policy is no JSON.");
  }
}
