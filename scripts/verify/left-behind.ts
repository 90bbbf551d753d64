import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";

/** What one test file could change for the next in the same process. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Signals that are listened to, so that they no longer end the process. */
  readonly signals: readonly string[];
  readonly exitCode: typeof process.exitCode;
  /** What keeps the process alive, by kind: servers, sockets, children, timers. */
  readonly resources: readonly string[];
}

export function surroundings(): Surroundings {
  return {
    environment: { ...process.env },
    folder: process.cwd(),
    exitCode: process.exitCode,
    signals: process
      .eventNames()
      .map(String)
      .filter((name) => name.startsWith("SIG")),
    resources: process.getActiveResourcesInfo(),
  };
}

/** Fails where the surroundings are others than were found. What is being closed has `patience` milliseconds to be gone. */
export async function demandNothingLeft(found: Surroundings, patience: number): Promise<void> {
  const deadline = performance.now() + patience;
  // Node tells nobody that a handle is closed, so it has to be asked.
  while (opened(found).length > 0 && performance.now() < deadline) await delay(5);
  assert.deepEqual(opened(found), [], "left open");
  const { environment, folder, exitCode, signals } = surroundings();
  assert.deepEqual(environment, found.environment, "left in process.env");
  assert.equal(folder, found.folder, "left in another folder");
  assert.equal(exitCode, found.exitCode, "left an exit code");
  assert.deepEqual(signals, found.signals, "left listening to signals");
}

/** The kinds of which there is more than there was. */
export function opened(found: Surroundings): readonly string[] {
  const before = [...found.resources];
  return process.getActiveResourcesInfo().filter((kind) => {
    const at = before.indexOf(kind);
    if (at >= 0) before.splice(at, 1);
    return at < 0;
  });
}
