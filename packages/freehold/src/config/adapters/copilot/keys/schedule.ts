import { scheduleOf } from "../schedule.ts";
import { type Becomes, inside, lost, mapped, noted, one, textOf, without, write } from "../treatment.ts";
import { setting, type Workload, type WorkloadKey } from "../workload.ts";

function schedule({ value, context, place }: WorkloadKey): Becomes {
  const found = scheduleOf(textOf(value) ?? "none");
  if (found.kind === "none")
    return textOf(value)?.trim() === "none" && context.environment === undefined
      ? noted("it runs when asked: `freehold run`")
      : without(found.reason);
  if (context.type !== "cron") return without("it runs when asked only: the manifest itself has no schedule");
  return mapped([write(setting(context, "schedule"), found.cron, place)], found.message);
}

/** https://aws.github.io/copilot-cli/docs/manifest/scheduled-job/#on */
export const on = inside<Workload>({ schedule: one(schedule) });

export const retries = lost("a run that fails is not tried again; the next one comes with its time");
export const timeout = lost("a run takes as long as it takes; let the command end itself");
