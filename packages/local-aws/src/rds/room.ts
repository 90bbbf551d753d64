import type { EC2 } from "@aws-sdk/client-ec2";
import { withChange, withoutThing } from "../database-services/shelf.ts";
import { createSubnetGroups, type SubnetGroups } from "../database-services/subnet-groups.ts";
import { createWork, type Work } from "../database-services/work.ts";
import type { Clock, Log, Store } from "../platform.ts";
import type { Databases } from "./databases.ts";
import { engineNamed } from "./engines.ts";
import { groupOf } from "./parameter-groups.ts";
import type { Instance, RdsState } from "./state.ts";
import { subnetGroupKind } from "./subnet-groups.ts";

/** What every part of this room works on. */
export interface Room {
  readonly store: Store<RdsState>;
  readonly databases: Databases;
  readonly subnetGroups: SubnetGroups;
  readonly clock: Clock;
  readonly log: Log;
  readonly work: Work<Instance>;
}

type Stands = Omit<Room, "subnetGroups" | "work"> & { readonly ec2: EC2 };

/** When work on an instance fails, the instance says so, and the log why. */
export function openRoom({ ec2, ...stands }: Stands): Room {
  const { store, log } = stands;
  const subnetGroups = createSubnetGroups({ store, ec2 }, subnetGroupKind);
  const failed = async ({ arn, id }: Instance, error: unknown): Promise<void> => {
    log.warn(`DB instance ${id} failed`, { error });
    await updateInstance(stands, arn, { status: "failed" });
  };
  return { ...stands, subnetGroups, work: createWork((arn) => store.get().instances[arn], failed) };
}

/** Replaces members of an instance, where it is still there. */
export async function updateInstance(
  { store }: Pick<Room, "store">,
  arn: string,
  change: Partial<Instance>,
): Promise<void> {
  await store.update((state) => withChange(state, "instances", arn, change));
}

/** Starts the server, gives it the master user that waits, and says that the instance is available. */
export async function bringUp(room: Room, instance: Instance): Promise<void> {
  const state = room.store.get();
  const [subnet] = state.subnetGroups[instance.subnetGroup]?.subnets ?? [];
  const group = groupOf(state, instance.parameterGroup);
  const running = await room.databases.start(instance, group, subnet?.id ?? "");
  await setMaster(room, instance);
  // Images go by major version. Who asks for a minor one must find it again, or Terraform would never come to rest.
  const engineVersion = instance.isMinorPinned ? instance.engineVersion : running;
  if (engineVersion !== running)
    room.log.info(`DB instance ${instance.id} runs ${engineNamed(instance.engine).label} ${running}`);
  await updateInstance(room, instance.arn, { status: "available", engineVersion });
}

/** Sets the master password that waits, if any. */
export async function setMaster(room: Room, { arn, verifier }: Instance): Promise<void> {
  const instance = room.store.get().instances[arn];
  if (instance === undefined || verifier === undefined) return;
  await room.databases.setMaster(instance, verifier);
  await room.store.update((state) => {
    const { verifier: set, ...rest } = state.instances[arn] ?? instance;
    // Another password may have been asked for meanwhile.
    const left = set === verifier || set === undefined ? rest : { ...rest, verifier: set };
    return { ...state, instances: { ...state.instances, [arn]: left } };
  });
}

/** Ends an instance with its data, and forgets it. */
export async function removeInstance(room: Room, instance: Instance): Promise<void> {
  await room.databases.remove(instance);
  await room.store.update((state) => withoutThing(state, "instances", instance.arn));
}
