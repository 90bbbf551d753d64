import type { ContainerService } from "../app/application.ts";
import type { Block } from "../terraform/block.ts";
import type { Expressed, Ref } from "../terraform/expression.ts";
import { bindingSecret, container } from "./container.ts";
import { decryptStatements, type ExistingSecrets } from "./existing-secret.ts";
import type { Facility } from "./facilities.ts";
import { type LogGroup, logGroup } from "./log-group.ts";
import type { ServiceOutputs } from "./outputs.ts";
import { placeholder } from "./placeholder.ts";
import { executionRole, type Role, taskRole } from "./roles.ts";
import type { EnvironmentScope } from "./scope.ts";
import type { Secret } from "./secret.ts";
import { writtenSecrets } from "./secret-writer.ts";
import { admit, type SecurityGroup, taskGroup } from "./security-group.ts";
import type { Connection } from "./service-connect.ts";
import { familyOf, taskTemplate } from "./task-template.ts";
import { taskVolumes, type VolumeFacility, volumeStatements } from "./volume.ts";

/** What every container service has, whatever starts its tasks. */
export interface ServiceBase {
  readonly service: ContainerService;
  readonly blocks: readonly Block[];
  readonly facilities: readonly Facility[];
  readonly volumes: readonly VolumeFacility[];
  readonly group: SecurityGroup;
  readonly logs: LogGroup;
  readonly role: Role;
  /** What starts its tasks. */
  readonly execution: Role;
  readonly bindings: Secret | undefined;
  /** The revision that nobody runs. */
  readonly placeholder: Ref;
}

/** What the environment has besides its services. */
export interface Surroundings {
  readonly resources: readonly Facility[];
  readonly volumes: readonly VolumeFacility[];
  readonly environmentSecret: Secret;
  readonly existing: ExistingSecrets;
}

/** Group, logs, roles and secret of a service, and its way to what it uses. */
export function serviceBase(
  scope: EnvironmentScope,
  service: ContainerService,
  around: Surroundings,
): ServiceBase {
  const { resources, volumes: allVolumes } = around;
  const facilities = resources.filter((one) => service.uses.includes(one.name));
  const volumes = allVolumes.filter((one) => service.mounts.some((mount) => mount.volume === one.name));
  const group = taskGroup(scope, service.name);
  const logs = logGroup(scope, service.name);
  const role = taskRole(scope, service.name, [
    ...facilities.flatMap((one) => one.statements),
    ...volumeStatements(service, volumes),
  ]);
  const bindings = bindingSecret(scope, service);
  const execution = serviceExecutionRole(scope, service, logs, bindings, around);
  const first = placeholder(scope, service);
  const ways = [...facilities, ...volumes].flatMap(({ server }) =>
    server === undefined ? [] : [admit(group, server.group, server.port)],
  );
  return {
    service,
    blocks: [
      ...group.blocks,
      ...ways,
      ...logs.blocks,
      ...role.blocks,
      ...execution.blocks,
      ...(bindings?.blocks ?? []),
      first.block,
    ],
    facilities,
    volumes,
    group,
    logs,
    role,
    execution,
    bindings,
    placeholder: first.arn,
  };
}

/** It reads the environment's secret only when its service asks for one of the values in it, and its own bindings. */
function serviceExecutionRole(
  scope: EnvironmentScope,
  service: ContainerService,
  logs: LogGroup,
  bindings: Secret | undefined,
  { environmentSecret, existing }: Surroundings,
): Role {
  const own = existing.arnsOf(service);
  return executionRole(scope, {
    owner: service.name,
    logGroupArn: logs.arn,
    secretArns: [
      ...(readsEnvironmentSecret(service) ? [environmentSecret.arn] : []),
      ...(bindings === undefined ? [] : [bindings.arn]),
      ...own,
    ],
    others: decryptStatements(scope, own),
  });
}

function readsEnvironmentSecret({ secrets, secretFiles = [] }: ContainerService): boolean {
  return secrets.length > 0 || secretFiles.some(({ source }) => source.kind === "own");
}

/** What starts a service's tasks. */
export interface Started {
  readonly blocks: readonly Block[];
  /** Of what ECS keeps running. */
  readonly connection?: Connection;
  readonly outputs: {
    readonly ecs_service: Ref | null;
    readonly target_group_arn: Ref | null;
    readonly schedule: { readonly name: Ref; readonly group: Ref } | null;
  };
}

export interface TemplateParts {
  readonly domain: Ref | undefined;
  readonly environmentSecret: Secret;
  readonly existing: ExistingSecrets;
}

/** What the engine needs to release the service. */
export function serviceOutputs(
  scope: EnvironmentScope,
  base: ServiceBase,
  started: Started,
  parts: TemplateParts,
): Expressed<ServiceOutputs> {
  const { service, logs, role, bindings } = base;
  const files = taskVolumes(service, base.volumes);
  const request = {
    service,
    facilities: base.facilities,
    logs,
    domain: parts.domain,
    environmentSecret: parts.environmentSecret,
    existing: parts.existing,
    bindingSecret: bindings,
  };
  const written = writtenSecrets(scope, request);
  return {
    type: service.type,
    ...started.outputs,
    connect: started.connection?.connect ?? null,
    security_group_id: base.group.id,
    log_group: logs.name,
    binding_secret_arn: bindings?.arn ?? null,
    template: taskTemplate(scope, {
      owner: service.name,
      family: familyOf(scope, service.name),
      taskRoleArn: role.arn,
      executionRoleArn: base.execution.arn,
      size: service.size,
      platform: service.platform,
      containers: [
        container(scope, {
          ...request,
          dependsOn: written.dependsOn,
          mountPoints: [...files.mountPoints, ...written.mountPoints],
        }),
        ...written.containers,
      ],
      volumes: [...files.volumes, ...written.volumes],
    }),
  };
}
