import { type Block, ref, resource } from "../terraform/block.ts";
import { type Ref, type Template, template } from "../terraform/expression.ts";
import { type EnvironmentScope, guardOf } from "./scope.ts";

export interface SecretRequest {
  /** Terraform name. */
  readonly name: string;
  readonly secret: string;
  readonly description: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Secret {
  readonly blocks: readonly Block[];
  readonly id: Ref;
  readonly arn: Ref;
}

/** A secret without a value: values never pass through a state or a plan. */
export function secret(scope: EnvironmentScope, request: SecretRequest): Secret {
  const { name, secret, description, tags = {} } = request;
  const main = resource(
    "aws_secretsmanager_secret",
    name,
    {
      name: secret,
      description,
      // A preview's name must be free at once; elsewhere a removed secret can be brought back for a week.
      recovery_window_in_days: scope.environment.kind === "preview" ? 0 : 7,
      tags,
    },
    { lifecycle: guardOf(scope) },
  );
  return { blocks: [main], id: ref(main, "id"), arn: ref(main, "arn") };
}

/** One key of a secret's JSON, as ECS reads it (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html). */
export function secretKey(arn: Ref, key: string): Template {
  return template(arn, `:${key}::`);
}
