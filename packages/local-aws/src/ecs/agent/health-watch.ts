import type { HealthStatus } from "@aws-sdk/client-ecs";
import type { Platform } from "../../platform.ts";

/** Tells who asks of the health of containers, as Docker finds it. */
export interface HealthWatch {
  /** Calls back at every verdict; returns the cancellation. */
  follow(containerId: string, verdict: (status: HealthStatus) => void): () => void;
  close(): void;
}

interface HealthEvent {
  readonly Action: string;
  readonly Actor: { readonly ID: string };
}

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
    const stream = await docker.getEvents({ filters: JSON.stringify(filters), abortSignal: closing.signal });
    for await (const { Action, Actor } of eventsIn(stream)) {
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

/** Docker writes one JSON object a line. */
async function* eventsIn(stream: AsyncIterable<Buffer | string>): AsyncGenerator<HealthEvent> {
  let rest = "";
  for await (const chunk of stream) {
    const lines = `${rest}${chunk.toString()}`.split("\n");
    rest = lines.pop() ?? "";
    // The parse boundary: Docker's API names these members.
    for (const line of lines) if (line.trim() !== "") yield JSON.parse(line) as HealthEvent;
  }
}
