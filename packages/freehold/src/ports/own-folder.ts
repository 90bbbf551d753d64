import { chmod, lstat, mkdir } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { isErrno } from "./errno.ts";

/**
 * A folder for this user alone, made where it is missing (mode 0700). What Terraform and Node find there they execute, so
 * nobody else may have put it there: each level below `home` is a folder, not a link, ours, and written by nobody else.
 *
 * @param home absolute; the user's choice, and not looked at.
 * @param levels names of the folders below it, the first ours already.
 * @param user id that it must belong to; -1 where the system has none (Windows).
 * @throws UserError `unsafe-folder`
 */
export async function ownFolder(
  home: string,
  levels: readonly string[],
  user: number = userInfo().uid,
): Promise<string> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  let path = home;
  for (const level of levels) {
    path = join(path, level);
    await makeFolder(path);
    await demandOwn(path, user);
  }
  return path;
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
  }
}

async function demandOwn(path: string, user: number): Promise<void> {
  const stat = await lstat(path);
  if (stat.isSymbolicLink()) throw unsafe(path, "is a link", `Remove it: rm ${path}`);
  if (!stat.isDirectory()) throw unsafe(path, "is not a folder", `Move it away: mv ${path} ${path}.old`);
  if (user < 0) return;
  if (stat.uid !== user)
    throw unsafe(path, `belongs to another user (id ${stat.uid})`, `Remove it, or run this as its owner.`);
  const mode = stat.mode & 0o777;
  if ((mode & 0o022) !== 0) {
    const hint = `Remove it if others use this machine: rm -r ${path}; else: chmod 700 ${path}`;
    throw unsafe(path, `can be written by other users (mode ${mode.toString(8).padStart(4, "0")})`, hint);
  }
  if (mode !== 0o700) await chmod(path, 0o700);
}

function unsafe(path: string, why: string, hint: string): UserError {
  const message = `The folder ${why}; what is run from there must be yours alone.`;
  return new UserError({ code: "unsafe-folder", subject: path, message, hint });
}
