import { readFile, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { localUser } from "../moto/identity.ts";
import type { LocalAws } from "../start.ts";
import { writeAtomically } from "../store/atomic-file.ts";

/** An instance that runs, as it says of itself: `--json` prints this. */
export interface Instance {
  readonly endpoint: string;
  readonly folder: string;
  /** Number of the account that it answers as. */
  readonly account: string;
  /** What a shell exports to use it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly pid: number;
  /** The page of what runs, as a link with the token; whoever has it can change what happens here. */
  readonly page: string;
}

/** `$XDG_STATE_HOME/local-aws`, by the XDG base directory specification. */
export function defaultFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return join(environment["XDG_STATE_HOME"] || join(homedir(), ".local/state"), "local-aws");
}

export function instanceOf(running: LocalAws, pid: number): Instance {
  const { endpoint, folder, port, region, accountId: account } = running.settings;
  return {
    endpoint,
    folder,
    account,
    pid,
    page: `${endpoint}/_local?token=${running.token}`,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      // Its clients put the account before the host's name; an address cannot carry that.
      AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: `http://localhost:${port}`,
      AWS_ACCESS_KEY_ID: localUser.accessKeyId,
      AWS_SECRET_ACCESS_KEY: localUser.secretAccessKey,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_CA_BUNDLE: running.caBundle,
    },
  };
}

export async function writeInstance(instance: Instance): Promise<void> {
  await writeAtomically(fileOf(instance.folder), `${JSON.stringify(instance, null, 2)}\n`);
}

export async function forgetInstance(folder: string): Promise<void> {
  await rm(fileOf(folder), { force: true });
}

/** The instance of a folder, if its process lives and answers for that folder. */
export async function runningInstance(folder: string): Promise<Instance | undefined> {
  const text = await readFile(fileOf(folder), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  // The parse boundary: `writeInstance` wrote it.
  const instance = JSON.parse(text) as Instance;
  const status = await statusAt(instance);
  return status?.pid === instance.pid && status.folder === instance.folder ? instance : undefined;
}

async function statusAt(instance: Instance): Promise<Partial<Instance> | undefined> {
  try {
    const answer = await askInstance(instance, "GET", "/_local");
    // The parse boundary: another program may listen there by now, hence `Partial`.
    return (await answer.json()) as Partial<Instance>;
  } catch {
    return undefined;
  }
}

/** Asks the running instance for something that changes it. */
export function askInstance({ page }: Instance, method: string, path: string): Promise<Response> {
  const { origin, searchParams } = new URL(page);
  const headers = { authorization: `Bearer ${searchParams.get("token")}` };
  return fetch(`${origin}${path}`, { method, headers, signal: AbortSignal.timeout(5000) });
}

function fileOf(folder: string): string {
  return join(resolve(folder), "instance.json");
}
