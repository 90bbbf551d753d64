import { readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import * as z from "zod";
import type { Environment } from "./environment.ts";
import type { Temporary } from "./temporary.ts";

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** What a command gets so that it is logged in; `dispose` removes it. */
export interface Configuration {
  readonly variables: Environment;
  dispose(): Promise<void>;
}

export interface ConfigurationRequest {
  readonly registry: string;
  readonly login: Login;
  /** Folder of the person's own configuration: which engine is talked to (the context) and the plugins stay theirs. */
  readonly own: string;
  /** As the command would have it. */
  readonly path: string;
  readonly temporary: Temporary;
}

const variable = "FREEHOLD_DOCKER_LOGIN";
const helper = "freehold";

/**
 * A Docker configuration for one command, logged in to one registry. No file holds the password: Docker asks a credential
 * helper for it (https://github.com/docker/docker-credential-helpers#development), which answers from a variable that ends
 * with the command, so that nothing is left when this process is killed.
 */
export async function writeConfiguration(request: ConfigurationRequest): Promise<Configuration> {
  const { registry, login, own, path } = request;
  const { path: folder, dispose } = await request.temporary("docker");
  for (const name of ["contexts", "cli-plugins"]) await symlink(join(own, name), join(folder, name));
  const program = join(folder, `docker-credential-${helper}`);
  await writeFile(program, `#!/bin/sh\nprintf '%s' "$${variable}"\n`, { mode: 0o700 });
  const content = { credHelpers: { [registry]: helper }, ...(await contextOf(own)) };
  await writeFile(join(folder, "config.json"), JSON.stringify(content), { mode: 0o600 });
  const answer = { ServerURL: registry, Username: login.user, Secret: login.password };
  const variables = {
    DOCKER_CONFIG: folder,
    PATH: `${folder}${delimiter}${path}`,
    [variable]: JSON.stringify(answer),
  };
  return { variables, dispose };
}

const configurationSchema = z.object({ currentContext: z.string().min(1) });

async function contextOf(own: string): Promise<{ readonly currentContext?: string }> {
  const text = await readFile(join(own, "config.json"), "utf8").catch(() => "{}");
  return configurationSchema.safeParse(JSON.parse(text)).data ?? {};
}
