import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";

/** Runs `docker` and answers what it printed. */
export function docker(...args: readonly string[]): string {
  return execFileSync("docker", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** The options that set variables. */
export function environment(variables: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
}

/** Waits until a command in a container succeeds, for a minute. */
export async function untilReady(container: string, ...probe: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    if (succeeds("exec", container, ...probe)) return;
    await setTimeout(500);
  }
  assert.fail(`${probe.join(" ")} did not succeed`);
}

function succeeds(...args: readonly string[]): boolean {
  try {
    docker(...args);
    return true;
  } catch {
    return false;
  }
}
