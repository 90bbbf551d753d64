import type { ContainerService } from "../app/application.ts";
import type { Block } from "../terraform/block.ts";
import type { Expressed, Ref } from "../terraform/expression.ts";
import { bindingSecret, container } from "./container.ts";
import type { ExistingSecrets } from "./existing-secret.ts";
import type { Facility } from "./facilities.ts";
import { type LogGroup, logGroup } from "./log-group.ts";
import type { ServiceOutputs } from "./outputs.ts";
import { placeholder } from "./placeholder.ts";
import { type Role, taskRole } from "./roles.ts";
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
  readonly bindings: Secret | undefined;
  /** The revision that nobody runs. */
  readonly placeholder: Ref;
}

/** Group, logs, role and secret of a service, and its way to what it uses. */
export function serviceBase(
  scope: EnvironmentScope,
  service: ContainerService,
  resources: readonly Facility[],
  allVolumes: readonly VolumeFacility[],
): ServiceBase {
  const facilities = resources.filter((one) => service.uses.includes(one.name));
  const volumes = allVolumes.filter((one) => service.mounts.some((mount) => mount.volume === one.name));
  const group = taskGroup(scope, service.name);
  const logs = logGroup(scope, service.name);
  const role = taskRole(scope, service.name, [
    ...facilities.flatMap((one) => one.statements),
    ...volumeStatements(service, volumes),
  ]);
  const bindings = bindingSecret(scope, service);
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
      ...(bindings?.blocks ?? []),
      first.block,
    ],
    facilities,
    volumes,
    group,
    logs,
    role,
    bindings,
    placeholder: first.arn,
  };
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
  readonly executionRoleArn: Ref;
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
      executionRoleArn: parts.executionRoleArn,
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
