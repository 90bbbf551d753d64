import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";

export interface Login {
  readonly user: string;
  readonly password: string;
}

/**
 * A Docker configuration for one command, with these logins by registry; `dispose` removes it
 * (https://docs.docker.com/reference/cli/docker/#docker-cli-configuration-file-configjson-properties). Which engine is
 * talked to (the context) and the plugins stay the user's, from the folder `own`.
 */
export async function writeConfiguration(
  logins: ReadonlyMap<string, Login>,
  own: string,
): Promise<{ readonly folder: string; dispose(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "freehold-docker-"));
  for (const name of ["contexts", "cli-plugins"]) await symlink(join(own, name), join(folder, name));
  const auths = Object.fromEntries(
    [...logins].map(([registry, login]) => [registry, { auth: encode(login) }]),
  );
  const content = { auths, ...(await contextOf(own)) };
  await writeFile(join(folder, "config.json"), JSON.stringify(content), { mode: 0o600 });
  return { folder, dispose: () => rm(folder, { recursive: true, force: true }) };
}

function encode({ user, password }: Login): string {
  return Buffer.from(`${user}:${password}`).toString("base64");
}

const configurationSchema = z.object({ currentContext: z.string().min(1) });

async function contextOf(own: string): Promise<{ readonly currentContext?: string }> {
  const text = await readFile(join(own, "config.json"), "utf8").catch(() => "{}");
  return configurationSchema.safeParse(JSON.parse(text)).data ?? {};
}
