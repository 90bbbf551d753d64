import { spawn } from "node:child_process";
import type { Tally } from "./tally.ts";

export interface Check {
  readonly title: string;
  readonly command: readonly [string, ...string[]];
}

/** Runs a command as one check; its output is shown only when it fails. */
export async function runCheck(check: Check): Promise<Tally> {
  const started = performance.now();
  const { code, output } = await run(check.command);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (code === 0) {
    console.log(`✔ ${check.title} (${seconds} s)`);
    return { passed: 1, failed: 0 };
  }
  console.log(`✖ ${check.title} (${seconds} s): ${check.command.join(" ")} ended with ${code}\n${output}`);
  return { passed: 0, failed: 1 };
}

function run([program, ...args]: readonly [string, ...string[]]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }));
  });
}
