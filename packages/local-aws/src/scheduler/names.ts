import type { Call } from "../service.ts";

type Place = Pick<Call, "accountId" | "region">;

export function scheduleArn({ region, accountId }: Place, group: string, name: string): string {
  return `arn:aws:scheduler:${region}:${accountId}:schedule/${group}/${name}`;
}

export function groupArn({ region, accountId }: Place, name: string): string {
  return `arn:aws:scheduler:${region}:${accountId}:schedule-group/${name}`;
}
