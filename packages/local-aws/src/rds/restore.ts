import type { RestoreDBInstanceFromDBSnapshotMessage } from "@aws-sdk/client-rds";
import { tagRecord } from "../database-services/tags.ts";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { engineNamed } from "./engines.ts";
import { parameterGroupFor, recordedIn, requireIdentifier } from "./instance-input.ts";
import { add } from "./instances.ts";
import { arnOf, endpointAddress, newResourceId } from "./names.ts";
import type { Room } from "./room.ts";
import { snapshotNamed, volumeOf } from "./snapshots.ts";
import type { Instance, Snapshot } from "./state.ts";
import { subnetGroupNamed } from "./subnet-groups.ts";

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html */
export function restoreOperations(room: Room): Readonly<Record<string, Operation>> {
  return {
    RestoreDBInstanceFromDBSnapshot: async (input: RestoreDBInstanceFromDBSnapshotMessage, call) => {
      const snapshot = snapshotNamed(room.store.get(), input.DBSnapshotIdentifier ?? "", call);
      if (snapshot.status !== "available") {
        throw new ServiceError("InvalidDBSnapshotState", `The snapshot ${snapshot.id} is not available.`);
      }
      const instance = restored(room, snapshot, input, call);
      return add(room, instance, () => room.databases.restore(volumeOf(snapshot), instance));
    },
  };
}

/** Data, users and passwords come with the snapshot; the rest is as it was unless the request says otherwise. */
function restored(
  room: Room,
  snapshot: Snapshot,
  input: RestoreDBInstanceFromDBSnapshotMessage,
  call: Call,
): Instance {
  if (input.Engine !== undefined) engineNamed(input.Engine);
  const state = room.store.get();
  const { instance } = snapshot;
  const id = requireIdentifier(input.DBInstanceIdentifier);
  const groupName = instance.subnetGroup.split(":subgrp:")[1] ?? "";
  return {
    ...instance,
    arn: arnOf(call, "db", id),
    id,
    resourceId: newResourceId(),
    address: endpointAddress(call, id),
    port: input.Port ?? instance.port,
    status: "creating",
    createdAt: room.clock.now().toISOString(),
    subnetGroup: subnetGroupNamed(state, input.DBSubnetGroupName ?? groupName, call).arn,
    parameterGroup: parameterGroupFor(state, input.DBParameterGroupName, instance, call),
    securityGroups: input.VpcSecurityGroupIds ?? [],
    logExports: input.EnableCloudwatchLogsExports ?? [],
    recorded: { ...instance.recorded, DeletionProtection: false, ...recordedIn(input) },
    tags: tagRecord(input.Tags),
  };
}
