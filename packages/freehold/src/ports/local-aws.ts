import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { UserError } from "../errors.ts";

/** A running AWS endpoint on this machine. */
export interface LocalAws {
  readonly endpoint: string;
  readonly folder: string;
  readonly pid: number;
  /** What points AWS's tools at it: endpoint, region, credentials, certificate authorities. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts local-aws where it does not run yet, and waits until it answers. */
export async function startLocalAws(): Promise<LocalAws> {
  return parse(await localAws(["start", "--json"]));
}

export async function stopLocalAws(): Promise<string> {
  return localAws(["stop"]);
}

/** Forgets everything that local-aws holds: its containers, volumes, networks and state. */
export async function resetLocalAws(): Promise<string> {
  return localAws(["reset"]);
}

export async function localAwsStatus(): Promise<string> {
  return localAws(["status"]);
}

/** The command line of `@freehold/local-aws`. */
async function localAws(args: readonly string[]): Promise<string> {
  const program = fileURLToPath(import.meta.resolve("@freehold/local-aws/bin/local-aws.mjs"));
  const done = await execa(program, [...args], { reject: false, stdin: "ignore" });
  if (!done.failed) return done.stdout;
  const message = (done.stderr || done.stdout).trim() || `local-aws ${args[0]} ended with ${done.exitCode}`;
  throw new UserError({ code: "local-aws", subject: `local-aws ${args[0]}`, message });
}

function parse(text: string): LocalAws {
  return JSON.parse(text) as LocalAws;
}
