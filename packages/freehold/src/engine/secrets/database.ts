import type { EnvironmentOutputs } from "../../aws/outputs.ts";
import type { Ports } from "../ports.ts";
import { type Filled, roleKey } from "./passwords.ts";
import { newPassword, readSecret, secretFields, secretOfFields, writeSecret } from "./store.ts";
import { Secret } from "./value.ts";

/** Gives each database role whose secret is empty a password of its own. */
export async function databaseCredentials(outputs: EnvironmentOutputs, ports: Ports): Promise<Filled> {
  const passwords = new Map<string, Secret>();
  let written = 0;
  for (const [name, { role_secret_arns }] of Object.entries(outputs.databases)) {
    for (const [role, arn] of Object.entries(role_secret_arns)) {
      const stored = await readSecret(arn, ports);
      const known = stored === undefined ? undefined : secretFields(stored.value, arn).get("password");
      if (known === undefined) written += 1;
      passwords.set(roleKey(name, role), known ?? (await newRole(arn, role, ports)));
    }
  }
  return { passwords, written };
}

async function newRole(arn: string, role: string, ports: Ports): Promise<Secret> {
  const password = await newPassword(ports);
  const fields = new Map([
    ["username", new Secret(role)],
    ["password", password],
  ]);
  await writeSecret(arn, secretOfFields(fields), ports);
  return password;
}
