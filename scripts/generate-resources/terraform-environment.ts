import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where systems keep optional and shared software. */
const softwareFolders = ["/opt", "/usr/local/share", "/usr/share"];

/**
 * Variables for running Terraform: as they are where a configuration file is there, else with one that names the
 * provider's filesystem mirror on this machine. Without a mirror Terraform asks its registry.
 */
export function terraformEnvironment(folder: string): NodeJS.ProcessEnv {
  const given = process.env["TF_CLI_CONFIG_FILE"];
  if (given !== undefined && existsSync(given)) return process.env;
  const mirror = softwareFolders.flatMap(mirrorsBelow)[0];
  if (mirror === undefined) return { ...process.env, TF_CLI_CONFIG_FILE: "" };
  const file = join(folder, "terraform.tfrc.json");
  const installation = [{ filesystem_mirror: [{ path: mirror }] }];
  writeFileSync(file, JSON.stringify({ provider_installation: installation }));
  return { ...process.env, TF_CLI_CONFIG_FILE: file };
}

function mirrorsBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, "registry.terraform.io/hashicorp/aws")));
}
