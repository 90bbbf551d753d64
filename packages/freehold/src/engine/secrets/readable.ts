import type { EnvironmentOutputs } from "../../aws/outputs.ts";
import { atMost } from "../at-most.ts";
import type { Ports } from "../ports.ts";
import { environmentSecret, type SecretsOwner } from "./demand.ts";
import { readSecret } from "./store.ts";

/**
 * Law 7: a verb that may change an environment stops before it has done so when one of its secrets cannot be read. One that is
 * empty, or not there yet, can be.
 *
 * @throws UserError `unreadable-secret`
 */
export async function demandReadable(
  owner: SecretsOwner,
  outputs: EnvironmentOutputs | undefined,
  ports: Ports,
): Promise<void> {
  const managed = outputs === undefined ? [] : managedSecrets(outputs);
  await atMost(8, [environmentSecret(owner), ...managed], (id) => readSecret(id, ports));
}

function managedSecrets({ databases, caches, services }: EnvironmentOutputs): readonly string[] {
  return [
    ...Object.values(databases).flatMap((one) => [
      one.master_secret_arn,
      ...Object.values(one.role_secret_arns),
    ]),
    ...Object.values(caches).flatMap((one) => one.token_secret_arn ?? []),
    ...Object.values(services).flatMap((one) => one.binding_secret_arn ?? []),
  ];
}
