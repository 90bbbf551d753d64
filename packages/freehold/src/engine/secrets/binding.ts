import type { ContainerService } from "../../app/application.ts";
import { type Binding, isSecretBinding } from "../../app/binding.ts";
import { composeBindingValue, type ResourceFacts } from "../../app/binding-value.ts";
import { containerServices, findResource } from "../../app/find.ts";
import { fileBindings } from "../../app/secret-file.ts";
import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";
import type { Target } from "../target.ts";
import { type Passwords, roleKey } from "./passwords.ts";
import { readSecret, secretOfFields, writeSecret } from "./store.ts";
import { Secret } from "./value.ts";

/** Writes each service's bound variables that carry a credential, where they differ; answers how many secrets it wrote. */
export async function bindingCredentials(
  target: Target,
  passwords: Passwords,
  ports: Ports,
): Promise<number> {
  let written = 0;
  for (const service of containerServices(target.environment)) {
    const arn = target.outputs.services[service.name]?.binding_secret_arn ?? undefined;
    if (arn === undefined) continue;
    const wanted = secretOfFields(boundVariables(service, target, passwords));
    const stored = await readSecret(arn, ports);
    if (stored?.value.reveal() === wanted.reveal()) continue;
    await writeSecret(arn, wanted, ports);
    written += 1;
  }
  return written;
}

/** Values of the secret bindings of a service, by variable name. Errors: UserError when the resource is not provisioned. */
export function boundVariables(
  service: ContainerService,
  target: Target,
  passwords: Passwords,
): ReadonlyMap<string, Secret> {
  const all = { ...service.bindings, ...fileBindings(service.secretFiles) };
  const secret = Object.entries(all).filter(([, binding]) => isSecretBinding(binding));
  return new Map(
    secret.map(([variable, binding]) => {
      const value = composeBindingValue(binding, factsOf(binding, target, passwords));
      if (value === undefined) throw notProvisioned(service.name, variable, binding.resource);
      return [variable, new Secret(value)];
    }),
  );
}

/** What is known of the resource a binding names; the password among it is that of the binding's role. */
function factsOf(binding: Binding, target: Target, passwords: Passwords): ResourceFacts {
  const { databases, caches, queues } = target.outputs;
  const resource = findResource(target.environment, binding.resource);
  switch (resource?.type) {
    case "database": {
      const [first] = resource.databases;
      const role = binding.role ?? first?.role ?? "";
      const password = passwords.get(roleKey(resource.name, role))?.reveal();
      return {
        ...hostAndPort(databases[resource.name]),
        username: role,
        ...(password === undefined ? {} : { password }),
        ...(first === undefined ? {} : { name: first.name }),
      };
    }
    case "cache": {
      const password = passwords.get(resource.name)?.reveal();
      return { ...hostAndPort(caches[resource.name]), ...(password === undefined ? {} : { password }) };
    }
    case "queue":
      return { ...queues[resource.name] };
    case "bucket":
    case "table":
    case "topic":
    case "volume":
    case undefined:
      return {};
  }
}

function hostAndPort(outputs: { readonly host: string; readonly port: number } | undefined): ResourceFacts {
  return outputs === undefined ? {} : { host: outputs.host, port: outputs.port };
}

function notProvisioned(service: string, variable: string, resource: string): UserError {
  return new UserError({
    code: "not-provisioned",
    subject: `services.${service}.environment.${variable}`,
    message: `names ${resource}, which is not provisioned yet`,
    hint: "Run `freehold up`, which provisions it first.",
  });
}
