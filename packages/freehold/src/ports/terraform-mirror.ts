import { randomUUID } from "node:crypto";
import { access, readdir, realpath, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { isWithin } from "./boundary.ts";
import { ownFolder } from "./own-folder.ts";
import { cacheHome } from "./user-folders.ts";

const provider = "registry.terraform.io/hashicorp/aws";

/**
 * Path of the configuration file for Terraform's command line: the given one where it exists, else the person's own, else one
 * of ours that takes the provider from a mirror folder where this machine has one, and from its registry otherwise
 * (https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror). One that is relative, or in the project,
 * is not the person's.
 */
export async function commandConfiguration(
  given: string | undefined,
  { cache, root }: { readonly cache?: string; readonly root?: string } = {},
): Promise<string> {
  const personal = join(homedir(), ".terraformrc");
  for (const path of [given, personal]) {
    const real =
      path === undefined || !isAbsolute(path) ? undefined : await realpath(path).catch(() => undefined);
    if (real !== undefined && (root === undefined || !isWithin(root, real))) return real;
  }
  written ??= write(cache ?? (await ownFolder(cacheHome({}), ["freehold"])));
  return written;
}

let written: Promise<string> | undefined;

async function write(cache: string): Promise<string> {
  const mirror = await findMirror();
  const installation =
    mirror === undefined
      ? { direct: [{}] }
      : { filesystem_mirror: [{ path: mirror, include: [provider] }], direct: [{ exclude: [provider] }] };
  const path = join(cache, "terraform.tfrc.json");
  const part = `${path}.${randomUUID()}.part`;
  await writeFile(part, JSON.stringify({ provider_installation: installation }));
  await rename(part, path);
  return path;
}

/** The first of the usual folders for optional and shared software that holds the provider. */
async function findMirror(): Promise<string | undefined> {
  const named = [
    join(homedir(), ".terraform.d/plugins"),
    join(homedir(), ".local/share/terraform/plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
  ];
  const roots = ["/opt", "/usr/local", "/usr/local/share", "/usr/share", "/srv"];
  const below = (await Promise.all(roots.map(children))).flat();
  const deeper = (await Promise.all(below.filter(isOptional).map(children))).flat();
  for (const folder of [...named, ...roots, ...below, ...deeper])
    if (await exists(join(folder, provider))) return folder;
  return undefined;
}

/** Optional software may keep its folders one level further down: `/opt/<vendor>/<product>`. */
function isOptional(folder: string): boolean {
  return folder.startsWith("/opt/") || /^\/usr\/local\/[^/]+$/.test(folder);
}

async function children(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
