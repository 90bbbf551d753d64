import { randomBytes } from "node:crypto";
import type { AccessPointDescription, CreateAccessPointRequest, RootDirectory } from "@aws-sdk/client-efs";
import type { Call, Operation } from "../service.ts";
import { badRequest, conflict } from "./errors.ts";
import { accessPointOf, accessPointsOf, fileSystemOf } from "./find.ts";
import { page } from "./page.ts";
import type { Room } from "./room.ts";
import { type AccessPoint, type EfsState, without } from "./state.ts";
import { tagList, tagRecord } from "./tags.ts";

interface Named {
  readonly AccessPointId: string;
}

interface DescribeInput extends Partial<Named> {
  readonly FileSystemId?: string;
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

type CreateInput = CreateAccessPointRequest & {
  readonly FileSystemId: string;
  readonly ClientToken: string;
};

/** Doors into a file system, each to one directory. The directory is made when a client first comes. */
export function accessPointOperations({ store }: Room): Readonly<Record<string, Operation>> {
  return {
    CreateAccessPoint: async (input: CreateInput, call) => {
      const point = accessPoint(store.get(), input, call);
      await store.update((state) => ({
        ...state,
        accessPoints: { ...state.accessPoints, [point.id]: point },
      }));
      return describe(point, call);
    },
    DescribeAccessPoints: async (input: DescribeInput, call) => {
      const paging = { token: input.NextToken, size: input.MaxResults };
      const { items, next } = page(found(store.get(), input), paging);
      return { AccessPoints: items.map((one) => describe(one, call)), NextToken: next };
    },
    DeleteAccessPoint: async ({ AccessPointId }: Named) => {
      const { id } = accessPointOf(store.get(), AccessPointId);
      await store.update((state) => ({ ...state, accessPoints: without(state.accessPoints, id) }));
      return {};
    },
  };
}

function accessPoint(state: EfsState, input: CreateInput, { region, accountId }: Call): AccessPoint {
  const { id: fileSystemId } = fileSystemOf(state, input.FileSystemId);
  refuseTwin(state, input.ClientToken);
  const id = `fsap-${randomBytes(9).toString("hex").slice(0, 17)}`;
  return {
    id,
    arn: `arn:aws:elasticfilesystem:${region}:${accountId}:access-point/${id}`,
    fileSystemId,
    clientToken: input.ClientToken,
    ...(input.PosixUser === undefined ? {} : { posixUser: input.PosixUser }),
    rootDirectory: rootDirectory(input.RootDirectory),
    tags: tagRecord(input.Tags),
  };
}

function refuseTwin({ accessPoints }: EfsState, token: string): void {
  const twin = Object.values(accessPoints).find((one) => one.clientToken === token);
  if (twin === undefined) return;
  const members = { AccessPointId: twin.id };
  throw conflict("AccessPointAlreadyExists", `Access point '${twin.id}' already exists`, members);
}

/** At most four folders deep: https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html. */
function rootDirectory({ Path = "/", CreationInfo }: RootDirectory = {}): RootDirectory {
  const isPath = /^(\/|(\/(?!\.{1,2}(\/|$))[^$#<>;`|&?{}^*/\n]+){1,4})$/.test(Path);
  if (!isPath) throw badRequest(`Invalid path '${Path}'`);
  return CreationInfo === undefined ? { Path } : { Path, CreationInfo };
}

function found(state: EfsState, { AccessPointId, FileSystemId }: DescribeInput): readonly AccessPoint[] {
  if (AccessPointId !== undefined) return [accessPointOf(state, AccessPointId)];
  if (FileSystemId === undefined) return Object.values(state.accessPoints);
  return accessPointsOf(state, fileSystemOf(state, FileSystemId).id);
}

function describe(point: AccessPoint, { accountId }: Call): AccessPointDescription {
  return {
    ClientToken: point.clientToken,
    Name: point.tags["Name"],
    Tags: tagList(point.tags),
    AccessPointId: point.id,
    AccessPointArn: point.arn,
    FileSystemId: point.fileSystemId,
    PosixUser: point.posixUser,
    RootDirectory: point.rootDirectory,
    OwnerId: accountId,
    LifeCycleState: "available",
  };
}
