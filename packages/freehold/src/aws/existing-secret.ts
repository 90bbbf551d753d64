import type { ContainerService } from "../app/application.ts";
import { type ExistingSecret, isSecretArn } from "../app/existing-secret.ts";
import { existingSecretsOf } from "../app/find.ts";
import { terraformName } from "../app/names.ts";
import { type Block, data, ref } from "../terraform/block.ts";
import { type Ref, type Text, template } from "../terraform/expression.ts";
import { arnOf } from "./arn.ts";
import type { Statement } from "./policy.ts";
import type { EnvironmentScope } from "./scope.ts";

/** Secrets that are there already: found by their names, never made, changed or read here. */
export interface ExistingSecrets {
  readonly blocks: readonly Block[];
  /** ARNs of those that a service reads. */
  readonly arnsOf: (service: ContainerService) => readonly Text[];
  /** Where ECS reads one (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html). */
  readonly source: (secret: ExistingSecret) => Text;
}

export function existingSecrets(services: readonly ContainerService[]): ExistingSecrets {
  const ids = idsOf(...services);
  const named = new Map(
    ids
      .filter((id) => !isSecretArn(id))
      .map((name) => [name, data("aws_secretsmanager_secret", terraformName(`existing/${name}`), { name })]),
  );
  const arnOfSecret = (id: string): Ref | string => {
    const found = named.get(id);
    return found === undefined ? id : ref(found, "arn");
  };
  return {
    blocks: [...named.values()],
    arnsOf: (service) => idsOf(service).map(arnOfSecret),
    source: ({ id, key }) => {
      const arn = arnOfSecret(id);
      return key === undefined ? arn : template(arn, `:${key}::`);
    },
  };
}

function idsOf(...services: readonly ContainerService[]): readonly string[] {
  return [...new Set(services.flatMap(existingSecretsOf).map(({ id }) => id))].sort();
}

/** What somebody else's secrets are encrypted with may be a key of theirs: for these secrets, and by way of their service alone. */
export function decryptStatements(scope: EnvironmentScope, arns: readonly Text[]): readonly Statement[] {
  return arns.map((arn) => ({
    actions: ["kms:Decrypt"],
    resources: [typeof arn === "string" ? keysBeside(arn) : arnOf(scope, "kms", "key/*")],
    conditions: { StringEquals: { "kms:EncryptionContext:SecretARN": arn } },
  }));
}

/** The keys of the account and region that a secret is in. */
function keysBeside(secretArn: string): string {
  const [arn, partition, , region, account] = secretArn.split(":");
  return [arn, partition, "kms", region, account, "key/*"].join(":");
}
