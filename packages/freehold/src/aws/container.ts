import type { ContainerService } from "../app/application.ts";
import { authoritiesPath } from "../app/authorities.ts";
import { type Binding, isSecretBinding } from "../app/binding.ts";
import { terraformName } from "../app/names.ts";
import { fileBindings } from "../app/secret-file.ts";
import {
  call,
  choose,
  type Expressed,
  type Expression,
  type Ref,
  type Text,
  template,
} from "../terraform/expression.ts";
import type { ExistingSecrets } from "./existing-secret.ts";
import type { Facility } from "./facilities.ts";
import type { LogGroup } from "./log-group.ts";
import { secretName } from "./names.ts";
import type { ContainerTemplate, Dependency, MountPoint } from "./outputs.ts";
import { portMappingsOf } from "./port-mappings.ts";
import { sandboxTemplate } from "./sandbox.ts";
import { type EnvironmentScope, serviceTags, within } from "./scope.ts";
import { type Secret, secret, secretKey } from "./secret.ts";
import { logConfiguration, nameSources, nameValues } from "./task-template.ts";

export interface ContainerRequest {
  readonly service: ContainerService;
  /** What it uses. */
  readonly facilities: readonly Facility[];
  readonly logs: LogGroup;
  /** Where people find the environment; undefined when nothing of it is public. */
  readonly domain: Ref | undefined;
  readonly environmentSecret: Secret;
  readonly bindingSecret: Secret | undefined;
  readonly existing: ExistingSecrets;
  readonly mountPoints: readonly Expressed<MountPoint>[];
  readonly dependsOn: readonly Expressed<Dependency>[];
}

/** Holds a service's bindings that carry credentials; the engine composes their values. Undefined when there are none. */
export function bindingSecret(
  scope: EnvironmentScope,
  { name, bindings, secretFiles }: ContainerService,
): Secret | undefined {
  const all = { ...bindings, ...fileBindings(secretFiles) };
  if (!Object.values(all).some(isSecretBinding)) return undefined;
  return secret(scope, {
    name: `bindings_${terraformName(name)}`,
    secret: secretName(within(scope, name), "bindings"),
    description: `What ${name} connects with`,
    tags: serviceTags(name),
  });
}

/** The one container of a service's task; its image is the engine's to fill in. */
export function container(scope: EnvironmentScope, request: ContainerRequest): Expressed<ContainerTemplate> {
  const { service, logs } = request;
  const secrets = secretVariables(request);
  const variables = Object.entries(plainVariables(request)).filter(([name]) => !(name in secrets));
  return {
    name: service.name,
    essential: true,
    ...(service.entrypoint === undefined ? {} : { entryPoint: service.entrypoint }),
    ...(service.command === undefined ? {} : { command: service.command }),
    ...(service.workingDirectory === undefined ? {} : { workingDirectory: service.workingDirectory }),
    ...(service.user === undefined ? {} : { user: service.user }),
    ...sandboxTemplate(service.sandbox),
    stopTimeout: service.stopGrace,
    portMappings: portMappingsOf(service),
    ...(service.type === "private" && service.check !== undefined ? { healthCheck: service.check } : {}),
    environment: nameValues(Object.fromEntries(variables)),
    ...(request.mountPoints.length === 0 ? {} : { mountPoints: request.mountPoints }),
    ...(request.dependsOn.length === 0 ? {} : { dependsOn: request.dependsOn }),
    secrets: nameSources(secrets),
    logConfiguration: logConfiguration(scope, logs, service.name),
  };
}

function secretVariables(request: ContainerRequest): Readonly<Record<string, Text>> {
  const { service, environmentSecret, bindingSecret } = request;
  const users = service.secrets.map((name) => [name, secretKey(environmentSecret.arn, name)] as const);
  const bound = Object.entries(service.bindings)
    .filter(([, binding]) => isSecretBinding(binding))
    .flatMap(([name]) =>
      bindingSecret === undefined ? [] : [[name, secretKey(bindingSecret.arn, name)] as const],
    );
  const existing = Object.entries(service.existingSecrets ?? {}).map(
    ([name, secret]) => [name, request.existing.source(secret)] as const,
  );
  return Object.fromEntries([...users, ...bound, ...existing]);
}

/** Ours first: what the file says of a variable wins. */
function plainVariables(request: ContainerRequest): Readonly<Record<string, Text>> {
  const { service, facilities, domain } = request;
  return {
    ...(domain === undefined ? {} : ownUrls(service, domain)),
    ...(facilities.some((one) => one.server !== undefined) ? authorities : {}),
    ...service.variables,
    ...Object.fromEntries(
      Object.entries(service.bindings).flatMap(([name, binding]) => {
        const value = plainValue(binding, facilities);
        return value === undefined ? [] : [[name, value] as const];
      }),
    ),
  };
}

function ownUrls(
  { ownUrls: others = [] }: ContainerService,
  domain: Expression,
): Readonly<Record<string, Text>> {
  return Object.fromEntries(["FREEHOLD_URL", ...others].map((name) => [name, urlOf(domain)]));
}

/**
 * Where the certificate authorities of databases and caches lie, by the variables that add to what a runtime trusts
 * already: Node's, libpq's, and those of OpenSSL and Go. SSL_CERT_FILE would replace it.
 */
const authorities = {
  NODE_EXTRA_CA_CERTS: authoritiesPath,
  PGSSLROOTCERT: authoritiesPath,
  SSL_CERT_DIR: "/etc/ssl/certs:/etc/freehold",
};

/** Hosts below `.localhost` never leave the machine and have no certificate (RFC 6761). */
function urlOf(domain: Expression): Text {
  const isLoopback = call("can", call("regex", "\\.localhost(:[0-9]+)?$", domain));
  return template(choose(isLoopback, "http", "https"), "://", domain);
}

/** Undefined for a binding that carries a credential, and for a resource that has no such attribute or listens nowhere. */
export function plainValue(binding: Binding, facilities: readonly Facility[]): Text | undefined {
  if (isSecretBinding(binding) || binding.kind === "text") return undefined;
  const known = facilities.find((one) => one.name === binding.resource)?.attributes ?? {};
  if (binding.kind === "url") return openUrl(binding, known);
  if (binding.attribute === "user" && binding.role !== undefined) return binding.role;
  return known[binding.attribute];
}

function openUrl(
  { scheme, path, query }: Extract<Binding, { kind: "url" }>,
  { host, port }: Facility["attributes"],
): Text | undefined {
  if (host === undefined || port === undefined) return undefined;
  return template(`${scheme}://`, host, ":", port, `${path}${query === "" ? "" : `?${query}`}`);
}
