import { createHash, randomBytes } from "node:crypto";
import type { CreateFileSystemRequest, FileSystemDescription } from "@aws-sdk/client-efs";
import type { Call, Operation } from "../service.ts";
import { badRequest, conflict } from "./errors.ts";
import { accessPointsOf, fileSystemOf, mountTargetsOf } from "./find.ts";
import { page } from "./page.ts";
import type { Room } from "./room.ts";
import { type EfsState, type FileSystem, without } from "./state.ts";
import { tagList, tagRecord } from "./tags.ts";

interface DescribeInput {
  readonly FileSystemId?: string;
  readonly CreationToken?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

type CreateInput = CreateFileSystemRequest & { readonly CreationToken: string };
type UpdateInput = Pick<CreateInput, "ThroughputMode" | "ProvisionedThroughputInMibps"> & Named;
interface Named {
  readonly FileSystemId: string;
}

/** File systems: each is a volume of Docker. https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html */
export function fileSystemOperations(room: Room): Readonly<Record<string, Operation>> {
  const { store } = room;
  return {
    CreateFileSystem: async (input: CreateInput, call) =>
      describe(await create(room, input, call), room, call),
    DescribeFileSystems: async (input: DescribeInput, call) => {
      const { items, next } = page(found(store.get(), input), { token: input.Marker, size: input.MaxItems });
      const FileSystems = items.map((one) => describe(one, room, call));
      return { FileSystems, Marker: input.Marker, NextMarker: next };
    },
    UpdateFileSystem: async (input: UpdateInput, call) => {
      const throughputMode =
        input.ThroughputMode ?? fileSystemOf(store.get(), input.FileSystemId).throughputMode;
      const provisionedThroughput = checkThroughput(throughputMode, input.ProvisionedThroughputInMibps);
      const changed = {
        ...fileSystemOf(store.get(), input.FileSystemId),
        throughputMode,
        provisionedThroughput,
      };
      await store.update((state) => withFileSystem(state, changed));
      return describe(changed, room, call);
    },
    DeleteFileSystem: async ({ FileSystemId }: Named) => {
      await remove(room, fileSystemOf(store.get(), FileSystemId));
      return {};
    },
  };
}

export function withFileSystem(state: EfsState, system: FileSystem): EfsState {
  return { ...state, fileSystems: { ...state.fileSystems, [system.id]: system } };
}

async function create({ store, storage, clock }: Room, input: CreateInput, call: Call): Promise<FileSystem> {
  refuseWhatIsNotOffered(input);
  refuseTwin(store.get(), input.CreationToken);
  const throughputMode = input.ThroughputMode ?? "bursting";
  const id = `fs-${randomBytes(9).toString("hex").slice(0, 17)}`;
  const system: FileSystem = {
    id,
    arn: `arn:aws:elasticfilesystem:${call.region}:${call.accountId}:file-system/${id}`,
    creationToken: input.CreationToken,
    createdAt: clock.now().toISOString(),
    performanceMode: input.PerformanceMode ?? "generalPurpose",
    throughputMode,
    provisionedThroughput: checkThroughput(throughputMode, input.ProvisionedThroughputInMibps),
    encrypted: input.Encrypted ?? false,
    kmsKeyId: input.Encrypted ? (input.KmsKeyId ?? ownKey(call)) : undefined,
    isBackedUp: input.Backup ?? false,
    lifecycle: [],
    tags: tagRecord(input.Tags),
  };
  await storage.create(id);
  await store.update((state) => withFileSystem(state, system));
  return system;
}

function refuseWhatIsNotOffered({ AvailabilityZoneName, Encrypted, KmsKeyId }: CreateInput): void {
  if (AvailabilityZoneName !== undefined) throw badRequest("One Zone file systems are not implemented here");
  if (KmsKeyId !== undefined && Encrypted !== true) {
    throw badRequest("KmsKeyId is given, so Encrypted must be true");
  }
}

function refuseTwin({ fileSystems }: EfsState, token: string): void {
  const twin = Object.values(fileSystems).find((one) => one.creationToken === token);
  if (twin === undefined) return;
  throw conflict(
    "FileSystemAlreadyExists",
    `File system '${twin.id}' already exists with creation token '${token}'`,
    {
      FileSystemId: twin.id,
    },
  );
}

function checkThroughput(mode: string, provisioned: number | undefined): number | undefined {
  if ((mode === "provisioned") === (provisioned !== undefined)) return provisioned;
  throw badRequest(
    "ProvisionedThroughputInMibps is required for, and only for, the throughput mode provisioned",
  );
}

/** The key `aws/elasticfilesystem` that EFS keeps in each account. */
function ownKey({ region, accountId }: Call): string {
  const hex = createHash("sha256").update(`${region}/${accountId}`).digest("hex");
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
  return `arn:aws:kms:${region}:${accountId}:key/${id}`;
}

function found(state: EfsState, { FileSystemId, CreationToken }: DescribeInput): readonly FileSystem[] {
  if (FileSystemId !== undefined) return [fileSystemOf(state, FileSystemId)];
  return Object.values(state.fileSystems).filter(
    (one) => CreationToken === undefined || one.creationToken === CreationToken,
  );
}

/** Access points go with their file system; mount targets keep it. */
async function remove({ store, storage }: Room, { id }: FileSystem): Promise<void> {
  if (mountTargetsOf(store.get(), id).length > 0) {
    throw conflict("FileSystemInUse", `File system '${id}' has mount targets and cannot be deleted.`);
  }
  await storage.remove(id);
  await store.update((state) => ({
    ...state,
    fileSystems: without(state.fileSystems, id),
    accessPoints: accessPointsOf(state, id).reduce(
      (all, point) => without(all, point.id),
      state.accessPoints,
    ),
  }));
}

function describe(system: FileSystem, { store, clock }: Room, { accountId }: Call): FileSystemDescription {
  const size = { Value: 0, ValueInIA: 0, ValueInStandard: 0, ValueInArchive: 0, Timestamp: clock.now() };
  return {
    OwnerId: accountId,
    CreationToken: system.creationToken,
    FileSystemId: system.id,
    FileSystemArn: system.arn,
    CreationTime: new Date(system.createdAt),
    LifeCycleState: "available",
    Name: system.tags["Name"],
    NumberOfMountTargets: mountTargetsOf(store.get(), system.id).length,
    // Metered hourly on AWS; nobody meters here.
    SizeInBytes: size,
    PerformanceMode: system.performanceMode,
    Encrypted: system.encrypted,
    KmsKeyId: system.kmsKeyId,
    ThroughputMode: system.throughputMode,
    ProvisionedThroughputInMibps: system.provisionedThroughput,
    Tags: tagList(system.tags),
    FileSystemProtection: { ReplicationOverwriteProtection: "ENABLED" },
  };
}
