import type { EC2 } from "@aws-sdk/client-ec2";
import type { Clock, Log, Store } from "../platform.ts";
import type { Databases } from "./databases.ts";
import { groupOf } from "./parameter-groups.ts";
import type { Instance, RdsState } from "./state.ts";

/** What every part of this room works on. */
export interface Room {
  readonly store: Store<RdsState>;
  readonly databases: Databases;
  readonly ec2: EC2;
  readonly clock: Clock;
  readonly log: Log;
  /** The last work on each instance, by ARN: one after the other. */
  readonly work: Map<string, Promise<void>>;
}

/** Replaces members of an instance, where it is still there. */
export async function updateInstance(room: Room, arn: string, change: Partial<Instance>): Promise<void> {
  await room.store.update((state) => {
    const instance = state.instances[arn];
    if (instance === undefined) return state;
    return { ...state, instances: { ...state.instances, [arn]: { ...instance, ...change } } };
  });
}

/** Does work on an instance after all that was asked before; when it fails the instance says so, and the log why. */
export function enqueue(room: Room, arn: string, work: (instance: Instance) => Promise<void>): Promise<void> {
  const run = async (): Promise<void> => {
    const instance = room.store.get().instances[arn];
    if (instance === undefined) return;
    try {
      await work(instance);
    } catch (error) {
      room.log.warn(`DB instance ${instance.id} failed`, { error });
      await updateInstance(room, arn, { status: "failed" });
    }
  };
  const turn = (room.work.get(arn) ?? Promise.resolve()).then(run);
  room.work.set(arn, turn);
  return turn;
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
  if (engineVersion !== running) room.log.info(`DB instance ${instance.id} runs PostgreSQL ${running}`);
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
  await room.store.update((state) => {
    const { [instance.arn]: _gone, ...instances } = state.instances;
    return { ...state, instances };
  });
}
