import { access, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const provider = "registry.terraform.io/hashicorp/aws";

/**
 * Path of the configuration file for Terraform's command line: the given one where it exists, else one of our own that takes
 * the provider from a mirror folder where this machine has one, and from its registry otherwise
 * (https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror).
 */
export async function commandConfiguration(given: string | undefined): Promise<string> {
  if (given !== undefined && (await exists(given))) return given;
  written ??= write();
  return written;
}

let written: Promise<string> | undefined;

async function write(): Promise<string> {
  const mirror = await findMirror();
  const installation =
    mirror === undefined
      ? { direct: [{}] }
      : { filesystem_mirror: [{ path: mirror, include: [provider] }], direct: [{ exclude: [provider] }] };
  const path = join(await mkdtemp(join(tmpdir(), "freehold-terraform-")), "terraform.tfrc.json");
  await writeFile(path, JSON.stringify({ provider_installation: installation }));
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
  for (const folder of [...named, ...roots, ...below])
    if (await exists(join(folder, provider))) return folder;
  return undefined;
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
