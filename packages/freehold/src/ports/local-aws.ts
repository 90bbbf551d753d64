import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import type { AwsPort } from "../engine/ports.ts";
import { UserError } from "../errors.ts";
import { emptyFolder } from "./empty-folder.ts";
import { createEnvironments, type Variables } from "./environment.ts";

/** A running AWS endpoint on this machine. */
export interface LocalAws {
  readonly endpoint: string;
  readonly folder: string;
  readonly account: string;
  readonly pid: number;
  /** The page of what runs, a link with its token. */
  readonly page: string;
  /** What points AWS's tools at it: endpoint, region, credentials, certificate authorities. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts local-aws where it does not run yet, and waits until it answers. */
export async function startLocalAws(person: Variables): Promise<LocalAws> {
  return parse(await localAws(["start", "--json"], person));
}

/**
 * Before the first call of a verb: the endpoint is local-aws, which knows its own account.
 *
 * @throws UserError `local-account`
 */
export async function demandLocalAccount({ account, endpoint }: LocalAws, aws: Pick<AwsPort, "sts">) {
  const { Account: found } = await (await aws.sts()).getCallerIdentity({});
  if (found === account) return;
  throw new UserError({
    code: "local-account",
    subject: "--local",
    message: `${endpoint} answers for account ${found ?? "(none)"}, and local-aws has ${account}; nothing was changed.`,
    hint: "Run `freehold local stop`, then the same command again.",
  });
}

export async function stopLocalAws(person: Variables): Promise<string> {
  return localAws(["stop"], person);
}

/** Forgets everything that local-aws holds: its containers, volumes, networks and state. */
export async function resetLocalAws(person: Variables): Promise<string> {
  return localAws(["reset"], person);
}

/** What runs. Errors: UserError `local-aws` when nothing does. */
export async function localAwsStatus(person: Variables): Promise<LocalAws> {
  return parse(await localAws(["status", "--json"], person));
}

/** The command line of `@freehold/local-aws`, under the Node of this process: that of the `PATH` may be too old. */
async function localAws(args: readonly string[], person: Variables): Promise<string> {
  const program = fileURLToPath(import.meta.resolve("@freehold/local-aws/bin/local-aws.mjs"));
  const done = await execaNode(program, [...args], {
    reject: false,
    stdin: "ignore",
    ipc: false,
    nodeOptions: [],
    cwd: await emptyFolder(person),
    env: { ...createEnvironments(person).plain, ...placeOf(person) },
    extendEnv: false,
  });
  if (!done.failed) return done.stdout;
  throw told(
    done.stderr || done.stdout || `it ended with exit code ${done.exitCode}`,
    `local-aws ${args[0]}`,
  );
}

/** A relative folder is meant from where the person is. */
function placeOf({ LOCAL_AWS_FOLDER: folder }: Variables): Readonly<Record<string, string>> {
  return folder === undefined || folder === "" ? {} : { LOCAL_AWS_FOLDER: resolve(folder) };
}

/** It tells a failure as `local-aws: what is wrong; the way out`, and wrong usage with its help below. */
function told(text: string, subject: string): UserError {
  const line =
    text
      .trim()
      .split("\n\n")[0]
      ?.replace(/^(local-aws|error): /, "") ?? "";
  const [message = "", ...rest] = line.split("; ");
  const hint = rest.length === 0 ? {} : { hint: `${capital(rest.join("; "))}.` };
  return new UserError({
    code: "local-aws",
    subject,
    message: `${capital(message)}.`.replace(/\.\.$/, "."),
    ...hint,
  });
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function parse(text: string): LocalAws {
  return JSON.parse(text) as LocalAws;
}
