import type { Platform, Store } from "../platform.ts";
import { ServiceError } from "../service.ts";
import type { SchedulerState, StoredGroup, StoredSchedule } from "./state.ts";

/** What the scheduler's parts share. */
export interface Room {
  readonly platform: Platform;
  readonly store: Store<SchedulerState>;
  /** Called when a schedule was made, changed or removed. */
  readonly onChange: (key: string) => void;
}

export function scheduleKey(group: string, name: string): string {
  return `${group}/${name}`;
}

export function findSchedule(room: Room, group: string, name: string): StoredSchedule {
  const found = room.store.get().schedules[scheduleKey(group, name)];
  if (found !== undefined) return found;
  throw new ServiceError("ResourceNotFoundException", `Schedule ${name} does not exist.`, 404);
}

export function findGroup(room: Room, name: string): StoredGroup {
  const found = room.store.get().groups[name];
  if (found !== undefined) return found;
  throw new ServiceError("ResourceNotFoundException", `Schedule group ${name} does not exist.`, 404);
}

export function scheduleArn({ settings }: Platform, group: string, name: string): string {
  return `arn:aws:scheduler:${settings.region}:${settings.accountId}:schedule/${group}/${name}`;
}

export function groupArn({ settings }: Platform, name: string): string {
  return `arn:aws:scheduler:${settings.region}:${settings.accountId}:schedule-group/${name}`;
}
