import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, lstat, mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname, join, sep } from "node:path";
import { UserError } from "../errors.ts";

/** Consent to run a command: in this project, in this folder of it, exactly this text. */
export interface Trusted {
  /** Real path of the project. */
  readonly project: string;
  readonly folder: string;
  readonly command: string;
}

export type TrustFile =
  | { readonly kind: "read"; readonly commands: readonly Trusted[] }
  | { readonly kind: "unreadable"; readonly reason: string };

const version = 1;

/**
 * Reads what was agreed to. A record counts only where nobody else could have written it: a plain file of this user in a folder of
 * this user, both closed to others, and neither within the project.
 *
 * @param project real path of the project whose file asks.
 */
export async function readTrust(path: string, project: string): Promise<TrustFile> {
  const folder = dirname(path);
  try {
    const reason = await folderFault(folder, project);
    if (reason !== undefined) return unreadable(reason);
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      return await readOpen(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isNamed(error, "ENOENT")) return { kind: "read", commands: [] };
    if (isNamed(error, "ELOOP")) return unreadable("it is a link");
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

async function readOpen(file: FileHandle): Promise<TrustFile> {
  const stats = await file.stat();
  if (!stats.isFile() || stats.nlink !== 1) return unreadable("it is not a plain file of one name");
  const fault = ownerFault(stats);
  return fault === undefined ? parse(await file.readFile("utf8")) : unreadable(`it ${fault}`);
}

/** What makes the folder one that others may write to; a folder that is not there yet has no fault. */
async function folderFault(folder: string, project: string): Promise<string | undefined> {
  const stats = await lstat(folder);
  if (!stats.isDirectory()) return "its folder is a link or a file";
  const real = await realpath(folder);
  if (`${real}${sep}`.startsWith(`${project}${sep}`)) return "it lies within the project that asks";
  const fault = ownerFault(stats);
  return fault === undefined ? undefined : `its folder ${fault}`;
}

function ownerFault({ uid, mode }: { readonly uid: number; readonly mode: number }): string | undefined {
  // -1 where the system has no owners.
  const own = userInfo().uid;
  if (own >= 0 && uid !== own) return "belongs to another user";
  return (mode & 0o077) === 0 ? undefined : "is open to other users";
}

function parse(text: string): TrustFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable("it is not JSON");
  }
  if (!isObject(value) || typeof value["version"] !== "number")
    return unreadable("it names no format version");
  if (value["version"] !== version)
    return unreadable(`its format is version ${value["version"]}, and this Freehold reads ${version}`);
  const commands = value["hostCommands"];
  if (!Array.isArray(commands) || !commands.every(isTrusted)) return unreadable("its entries are damaged");
  return { kind: "read", commands };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isTrusted(value: unknown): value is Trusted {
  return isObject(value) && ["project", "folder", "command"].every((key) => typeof value[key] === "string");
}

function unreadable(reason: string): TrustFile {
  return { kind: "unreadable", reason };
}

/**
 * Adds to what was agreed to; whole or not at all.
 *
 * @throws UserError `unreadable-trust` rather than to write over a record that cannot be read.
 */
export async function addTrust(path: string, project: string, added: readonly Trusted[]): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await readTrust(path, project);
  if (found.kind === "unreadable") {
    const hint = "Repair or remove it, then run this again.";
    throw new UserError({
      code: "unreadable-trust",
      subject: path,
      message: `Not written: ${found.reason}.`,
      hint,
    });
  }
  const keyOf = (one: Trusted) => JSON.stringify([one.project, one.folder, one.command]);
  const all = new Map([...found.commands, ...added].map((one) => [keyOf(one), one]));
  const hostCommands = [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  await replace(path, `${JSON.stringify({ version, hostCommands }, null, 2)}\n`);
}

async function replace(path: string, text: string): Promise<void> {
  const part = join(dirname(path), `.${randomUUID()}.part`);
  try {
    const file = await open(part, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

function isNamed(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
