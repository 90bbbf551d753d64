import { isSecretBinding } from "../app/binding.ts";
import { boundFileKey, type SecretFile, secretsFolder } from "../app/secret-file.ts";
import type { Expressed, Text } from "../terraform/expression.ts";
import { type ContainerRequest, plainValue } from "./container.ts";
import type { ContainerTemplate, Dependency } from "./outputs.ts";
import type { EnvironmentScope } from "./scope.ts";
import { secretKey } from "./secret.ts";
import { logConfiguration, nameSources, nameValues } from "./task-template.ts";
import type { TaskVolumes } from "./volume.ts";

/**
 * Shell for the container that writes a service's secrets into files: arguments come in fours, a path, the variable with the
 * value, the owner and the mode. awk writes the value as it is; it is no argument of a process.
 */
export const secretScript = `set -eu
while [ "$#" -gt 0 ]; do
  mkdir -p "$(dirname "$1")"
  (umask 077 && awk -v name="$2" 'BEGIN { printf "%s", ENVIRON[name] }' >"$1")
  chown "$3" "$1"
  chmod "$4" "$1"
  shift 4
done
`;

/** What a task has besides its service's container, and what that has of it. */
interface WrittenSecrets extends TaskVolumes {
  readonly containers: readonly Expressed<ContainerTemplate>[];
  readonly dependsOn: readonly Expressed<Dependency>[];
}

type WriterRequest = Omit<ContainerRequest, "mountPoints" | "dependsOn">;

const volume = "secrets";

/**
 * The secrets that a service finds in files. ECS gives secrets as variables alone: a container that runs before the service's
 * has them, and hands them on in a volume that lives no longer than the task.
 */
export function writtenSecrets(scope: EnvironmentScope, request: WriterRequest): WrittenSecrets {
  const files = request.service.secretFiles ?? [];
  if (files.length === 0) return { containers: [], dependsOn: [], volumes: [], mountPoints: [] };
  const writer = secretWriter(scope, request, files);
  return {
    containers: [writer],
    dependsOn: [{ containerName: writer.name, condition: "SUCCESS" }],
    volumes: [{ name: volume }],
    mountPoints: [{ sourceVolume: volume, containerPath: secretsFolder, readOnly: true }],
  };
}

function secretWriter(scope: EnvironmentScope, request: WriterRequest, files: readonly SecretFile[]) {
  const { service, logs } = request;
  const values = files.map((file, index) => [`SECRET_${index + 1}`, valueIn(file, request)] as const);
  return {
    name: `${service.name}-secrets`,
    essential: false,
    entryPoint: ["sh", "-c", secretScript, "secrets"],
    command: files.flatMap(({ path, user, group, mode }, index) => [
      path,
      `SECRET_${index + 1}`,
      `${user}:${group}`,
      mode,
    ]),
    user: "0",
    readonlyRootFilesystem: true,
    stopTimeout: 2,
    portMappings: [],
    environment: nameValues(
      Object.fromEntries(values.flatMap(([name, one]) => ("value" in one ? [[name, one.value]] : []))),
    ),
    mountPoints: [{ sourceVolume: volume, containerPath: secretsFolder, readOnly: false }],
    secrets: nameSources(
      Object.fromEntries(
        values.flatMap(([name, one]) => ("valueFrom" in one ? [[name, one.valueFrom]] : [])),
      ),
    ),
    logConfiguration: logConfiguration(scope, logs, service.name),
  } as const;
}

type Value = { readonly value: Text } | { readonly valueFrom: Text };

function valueIn(file: SecretFile, request: WriterRequest): Value {
  const { source } = file;
  const { environmentSecret, bindingSecret, facilities } = request;
  switch (source.kind) {
    case "own":
      return { valueFrom: secretKey(environmentSecret.arn, file.name) };
    case "existing":
      return { valueFrom: request.existing.source(source.secret) };
    case "bound":
      return isSecretBinding(source.binding) && bindingSecret !== undefined
        ? { valueFrom: secretKey(bindingSecret.arn, boundFileKey(file)) }
        : { value: plainValue(source.binding, facilities) ?? "" };
  }
}
