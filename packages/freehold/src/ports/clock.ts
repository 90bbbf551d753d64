import { setTimeout as sleep } from "node:timers/promises";
import type { ClockPort } from "../engine/ports.ts";

export function createClock(): ClockPort {
  return { now: () => new Date(), sleep: (milliseconds) => sleep(milliseconds) };
}
