import type { HealthStatus } from "@aws-sdk/client-ecs";
import * as z from "zod";
import { linesIn } from "../../docker-engine/engine.ts";
import type { Platform } from "../../platform.ts";

/** Tells who asks of the health of containers, as Docker finds it. */
export interface HealthWatch {
  /** Calls back at every verdict; returns the cancellation. */
  follow(containerId: string, verdict: (status: HealthStatus) => void): () => void;
  close(): void;
}

const healthEvent = z.object({ Action: z.string(), Actor: z.object({ ID: z.string() }) });

/** One stream of Docker's events for all containers of this instance; it is taken up again when it breaks off. */
export function watchHealth({
  docker,
  settings,
  clock,
  log,
}: Pick<Platform, "docker" | "settings" | "clock" | "log">): HealthWatch {
  const followers = new Map<string, (status: HealthStatus) => void>();
  const closing = new AbortController();
  const filters = {
    type: ["container"],
    event: ["health_status"],
    label: [`${settings.label.key}=${settings.label.value}`],
  };
  const read = async (): Promise<void> => {
    const stream = await docker.events(filters, closing.signal);
    for await (const line of linesIn(stream)) {
      const { Action, Actor } = healthEvent.parse(JSON.parse(line));
      followers.get(Actor.ID)?.(Action.endsWith(": healthy") ? "HEALTHY" : "UNHEALTHY");
    }
  };
  const keepReading = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await read().catch((error: unknown) => {
        if (!closing.signal.aborted) log.warn("Docker's events broke off", { error });
      });
      if (!closing.signal.aborted) await clock.sleep(1000);
    }
  };
  void keepReading();
  return {
    follow: (containerId, verdict) => {
      followers.set(containerId, verdict);
      return () => followers.delete(containerId);
    },
    close: () => closing.abort(),
  };
}
