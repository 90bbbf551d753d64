import type { Environment } from "../../app/application.ts";
import type { ExistingSecret } from "../../app/existing-secret.ts";
import { containerServices, existingSecretsOf } from "../../app/find.ts";
import { UserError } from "../../errors.ts";
import { atMost } from "../at-most.ts";
import type { Ports } from "../ports.ts";
import { readSecret } from "./store.ts";
import type { Secret } from "./value.ts";

/**
 * Secrets that are somebody else's must be there, with the fields that are asked for.
 *
 * @throws UserError `no-existing-secret`, one problem for each, or `unreadable-secret`
 */
export async function demandExisting(environment: Environment, ports: Ports): Promise<void> {
  const wanted = containerServices(environment).flatMap((service) =>
    existingSecretsOf(service).map((secret) => ({ secret, service: service.name })),
  );
  const distinct = [...new Map(wanted.map((one) => [JSON.stringify(one.secret), one])).values()];
  const found = await atMost(8, distinct, async ({ secret, service }) => {
    const missing = await missingOf(secret, ports);
    return missing === undefined
      ? []
      : [{ ...missing, code: "no-existing-secret", subject: `services.${service}` }];
  });
  const problems = found.flat();
  if (problems.length > 0) throw new UserError(problems);
}

async function missingOf({ id, key }: ExistingSecret, ports: Ports) {
  const stored = await readSecret(id, ports);
  if (stored === undefined)
    return {
      message: `names the secret ${id}, which is not in Secrets Manager here, or holds no text`,
      hint: "Correct the name; a secret is looked for in the collection's account and region unless it is named by its ARN.",
    };
  if (key === undefined || fieldsOf(stored.value).includes(key)) return undefined;
  return {
    message: `wants ${key} of the secret ${id}, which has no such field`,
    hint: "Its value must be a JSON object with that field; leave `key` out for the whole value.",
  };
}

function fieldsOf(value: Secret): readonly string[] {
  try {
    return Object.keys(Object(JSON.parse(value.reveal())));
  } catch {
    return [];
  }
}
