import type { Emit } from "./events.ts";
import type { ClockPort } from "./ports.ts";

/** Runs a verb and says so: the first and the last event. A verb that fails has no last event; its error is the answer. */
export async function runVerb<T>(
  verb: string,
  target: string,
  ports: { readonly clock: ClockPort },
  emit: Emit,
  run: () => Promise<T>,
): Promise<T> {
  const started = ports.clock.now().getTime();
  emit({ type: "started", verb, target });
  const value = await run();
  emit({ type: "finished", verb, value, seconds: (ports.clock.now().getTime() - started) / 1000 });
  return value;
}
