import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { dirname, join } from "node:path";

/**
 * What a hostile repository, or an unlucky shell, may lead to: files, variables and a listener of the person's, each of
 * which shows a touch.
 */
export interface Trap {
  /** Folder that takes the place of the person's home. */
  readonly home: string;
  /** File in it that no run may read, publish or change. */
  readonly credentials: string;
  /** Text in that file, and value of a variable, that must appear nowhere. */
  readonly secrets: readonly string[];
  /** Variables of the person's shell. */
  readonly variables: Readonly<Record<string, string>>;
  /** Address of a listener that nobody may call. */
  readonly listener: string;
  /** Shell command that proves that it ran. */
  proof(name: string): string;
  /** An executable file that proves that it ran, then fails. */
  program(path: string): Promise<void>;
  /** Adds a file whose content must stay. */
  guard(path: string, content: string): Promise<void>;
  /** What was run, called or changed since the last time; empty where the trap is untouched. */
  touched(): Promise<readonly string[]>;
  close(): void;
}

export async function setTrap(scratch: string): Promise<Trap> {
  const folder = join(scratch, "proofs");
  const home = join(scratch, "home");
  const credentials = join(home, ".aws/credentials");
  const inFile = `in-file-${randomUUID()}`;
  const inVariable = `in-variable-${randomUUID()}`;
  const terraformLog = join(home, "terraform.log");
  const guarded = new Map<string, string>();
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`called ${request.method} ${request.url}`);
    response.end();
  });
  const listener = `http://127.0.0.1:${await listening(server)}`;
  const guard: Trap["guard"] = async (path, content) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    guarded.set(path, content);
  };
  const proof = (name: string) => `touch ${join(folder, name)}`;
  await mkdir(folder, { recursive: true });
  await guard(
    credentials,
    `[default]\naws_access_key_id = ${inFile}\naws_secret_access_key = ${inFile}\ncredential_process = sh -c '${proof("credential_process")}'\n`,
  );
  return {
    home,
    credentials,
    secrets: [inFile, inVariable],
    variables: {
      HOME: home,
      REGISTRY_TOKEN: inVariable,
      ...shellOf(listener, inVariable),
      TF_LOG_PATH: terraformLog,
    },
    listener,
    proof,
    program: async (path) => {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `#!/bin/sh\n${proof(`program-${path.split("/").at(-1)}`)}\nexit 1\n`, {
        mode: 0o755,
      });
    },
    guard,
    touched: async () => [
      ...(await taken(folder)),
      ...calls.splice(0),
      ...(await restored(guarded)),
      ...(existsSync(terraformLog) ? [`wrote ${terraformLog}`] : []),
    ],
    close: () => server.close(),
  };
}

/** Settings with which a person works on an account of theirs, and which must not reach what runs with `--local`. */
function shellOf(listener: string, key: string): Readonly<Record<string, string>> {
  return {
    AWS_PROFILE: "default",
    AWS_ACCESS_KEY_ID: key,
    AWS_SECRET_ACCESS_KEY: key,
    AWS_SESSION_TOKEN: key,
    AWS_ENDPOINT_URL: listener,
    AWS_ENDPOINT_URL_S3: listener,
    AWS_ENDPOINT_URL_STS: listener,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
    AWS_USE_FIPS_ENDPOINT: "true",
    AWS_REGION: "eu-north-1",
    HTTP_PROXY: listener,
    HTTPS_PROXY: listener,
    http_proxy: listener,
    https_proxy: listener,
    TF_LOG: "TRACE",
    TF_CLI_ARGS_plan: "-destroy",
    TF_WORKSPACE: "production",
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}

/** What proved that it ran; the next proof is a new one. */
async function taken(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  for (const name of names) await rm(join(folder, name));
  return names.map((name) => `ran ${name}`);
}

/** Guarded files that were changed; they are put back. */
async function restored(guarded: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const [path, content] of guarded) {
    const now = await readFile(path, "utf8").catch(() => "");
    if (now === content) continue;
    changed.push(`changed ${path}`);
    await writeFile(path, content);
  }
  return changed;
}
