import type {
  Compatibility,
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
} from "@aws-sdk/client-ecs";

/** A registered revision. `cpu` is in CPU units (1024 = one vCPU), `memory` in MiB, as ECS keeps them. */
export interface TaskDefinition
  extends Pick<
    RegisterTaskDefinitionCommandInput,
    | "taskRoleArn"
    | "executionRoleArn"
    | "networkMode"
    | "volumes"
    | "placementConstraints"
    | "requiresCompatibilities"
    | "pidMode"
    | "ipcMode"
    | "proxyConfiguration"
    | "ephemeralStorage"
    | "runtimePlatform"
  > {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly status: "ACTIVE" | "INACTIVE";
  readonly containers: readonly ContainerDefinition[];
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
  readonly compatibilities: readonly Compatibility[];
  readonly registeredAt: number;
  readonly deregisteredAt?: number | undefined;
  readonly registeredBy: string;
}

export function isEssential({ essential = true }: ContainerDefinition): boolean {
  return essential;
}
