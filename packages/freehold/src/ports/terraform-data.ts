import { createHash, randomUUID } from "node:crypto";
import { access, copyFile, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StackFolder } from "../engine/ports.ts";
import { isErrno } from "./errno.ts";

/*
 * What `terraform init` makes is shared by all runs of a stack (https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_data_dir),
 * in a folder for each provider, backend and version of Terraform. It is made in a folder of the run and moved to its place whole, so
 * that a plan beside an apply changes nothing under it.
 */

/** Terraform's own name for the file, and ours for its copy beside the providers. */
const lockFile = ".terraform.lock.hcl";
const lockCopy = "lock.hcl";
const ready = "initialised";

/** Folder of what `init` made for the root that the run's folder holds now. */
export async function dataFolder(folder: StackFolder, version: string): Promise<string> {
  const root: unknown = JSON.parse(await readFile(join(folder.run, "main.tf.json"), "utf8"));
  const settings = typeof root === "object" && root !== null && "terraform" in root ? root.terraform : {};
  const digest = createHash("sha256")
    .update(JSON.stringify([version, settings]))
    .digest("hex");
  return join(folder.shared, digest.slice(0, 16));
}

/** Makes the data folder where it is missing or its providers are gone, and gives the run what else Terraform looks for. */
export async function initialise(
  folder: StackFolder,
  data: string,
  init: (data: string) => Promise<void>,
): Promise<void> {
  if (!(await isReady(data))) await make(folder, data, init);
  const lock = join(data, lockCopy);
  if (await isThere(lock)) await copyFile(lock, join(folder.run, lockFile));
  await linkFor(folder, data);
}

async function make(folder: StackFolder, data: string, init: (data: string) => Promise<void>): Promise<void> {
  const part = join(folder.run, `data.${randomUUID()}`);
  await rm(join(folder.run, lockFile), { force: true });
  await mkdir(part);
  await init(part);
  await copyFile(join(folder.run, lockFile), join(part, lockCopy)).catch(unlessMissing);
  await writeFile(join(part, ready), "");
  // What is there has lost its providers, and nothing runs on it.
  if (!(await isReady(data))) await rm(data, { recursive: true, force: true });
  await rename(part, data).catch((error: unknown) => {
    // Another run was first, with the same.
    if (!isErrno(error, "ENOTEMPTY", "EEXIST")) throw error;
  });
  await rm(part, { recursive: true, force: true });
}

/** For `terraform` by hand in the run's folder, as after a state that could not be saved. */
async function linkFor(folder: StackFolder, data: string): Promise<void> {
  const link = join(folder.run, ".terraform");
  await rm(link, { force: true });
  await symlink(data, link);
}

async function isReady(data: string): Promise<boolean> {
  return (await isThere(join(data, ready))) && (await hasProviders(join(data, "providers")));
}

/** Providers are links into a cache that may have been emptied. */
async function hasProviders(providers: string): Promise<boolean> {
  const entries = await readdir(providers, { recursive: true, withFileTypes: true }).catch(() => []);
  const links = entries.filter((entry) => entry.isSymbolicLink());
  const found = await Promise.all(links.map((link) => isThere(join(link.parentPath, link.name))));
  return found.every((one) => one);
}

/** A root without providers has no lock file. */
function unlessMissing(error: unknown): void {
  if (!isErrno(error, "ENOENT")) throw error;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
