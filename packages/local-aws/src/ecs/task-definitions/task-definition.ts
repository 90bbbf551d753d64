import type {
  Compatibility,
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
} from "@aws-sdk/client-ecs";
import { lastPart } from "../arns.ts";
import { clientError } from "../errors.ts";
import type { EcsState } from "../state.ts";

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

/** By ARN, `family:revision`, or family (its newest active revision). */
export function findTaskDefinition(state: EcsState, reference: string): TaskDefinition | undefined {
  const [family = "", revision] = lastPart(reference).split(":");
  const ofFamily = Object.values(state.taskDefinitions).filter((one) => one.family === family);
  if (revision !== undefined) return ofFamily.find((one) => String(one.revision) === revision);
  return ofFamily
    .filter(({ status }) => status === "ACTIVE")
    .reduce<TaskDefinition | undefined>(
      (newest, one) => (newest && newest.revision > one.revision ? newest : one),
      undefined,
    );
}

/** The definition that tasks may be started from. @throws ClientException when it is not there or not active */
export function activeTaskDefinition(state: EcsState, reference: string): TaskDefinition {
  const found = findTaskDefinition(state, reference);
  if (found === undefined) throw clientError("TaskDefinition not found.");
  if (found.status !== "ACTIVE") throw clientError("TaskDefinition is inactive");
  return found;
}

export function isEssential({ essential = true }: ContainerDefinition): boolean {
  return essential;
}
