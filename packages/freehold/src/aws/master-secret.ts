import { terraformName } from "../app/names.ts";
import { type Block, ephemeral, ref, resource } from "../terraform/block.ts";
import { call, type Expression, jsonencode, member } from "../terraform/expression.ts";
import { secretName } from "./names.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";
import { type Secret, secret } from "./secret.ts";

export interface MasterSecret {
  readonly blocks: readonly Block[];
  readonly secret: Secret;
  /** Ephemeral: for write-only arguments alone. */
  readonly password: Expression;
}

/**
 * Credentials of a database's master user: `{"username","password"}`. The password is made once and stored; the database
 * reads the stored one, never the random value itself, so that a first apply that breaks off cannot leave the two
 * different. Neither stands in a state or a plan.
 */
export function masterSecret(scope: EnvironmentScope, owner: string, username: string): MasterSecret {
  const name = terraformName(owner);
  const made = secret(scope, {
    name: `master_${name}`,
    secret: secretName(within(scope, owner), "master"),
    description: `Master user of the database ${owner}`,
    tags: serviceTags(owner),
  });
  const random = ephemeral("aws_secretsmanager_random_password", name, {
    password_length: 40,
    exclude_punctuation: true,
  });
  const version = resource("aws_secretsmanager_secret_version", name, {
    secret_id: made.id,
    secret_string_wo: jsonencode({ username, password: ref(random, "random_password") }),
    secret_string_wo_version: 1,
  });
  // The ARN, which is the secret's as well, is unknown until there is a version: a secret that a broken apply left empty
  // is not read by the next plan.
  const stored = ephemeral("aws_secretsmanager_secret_version", name, {
    secret_id: ref(version, "arn"),
  });
  return {
    blocks: [...made.blocks, random, version, stored],
    secret: made,
    password: member(call("jsondecode", ref(stored, "secret_string")), "password"),
  };
}
