import type { CreateServiceCommandInput, DeploymentRolloutState } from "@aws-sdk/client-ecs";

/** What a change of a service makes a deployment of; tasks are started from it. */
export interface Revision
  extends Pick<
    CreateServiceCommandInput,
    | "launchType"
    | "capacityProviderStrategy"
    | "networkConfiguration"
    | "loadBalancers"
    | "platformVersion"
    | "serviceConnectConfiguration"
    | "serviceRegistries"
  > {
  /** ARN. */
  readonly taskDefinition: string;
}

export interface Deployment extends Revision {
  /** `ecs-svc/<digits>`. */
  readonly id: string;
  readonly status: "PRIMARY" | "ACTIVE";
  readonly rolloutState: DeploymentRolloutState;
  readonly rolloutReason: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Tasks that ended or were unhealthy before the deployment completed; what the circuit breaker counts. */
  readonly failedTasks: number;
  /** Failures since tasks were last all healthy, and the latest one: they delay the next launch. */
  readonly streak: number;
  readonly lastFailureAt?: number | undefined;
  /** Whether it ever completed: the circuit breaker goes back to such a one. */
  readonly completed: boolean;
  /** Set while the circuit breaker goes back to this deployment; it does not watch it. */
  readonly rollback?: boolean | undefined;
}

interface ServiceEvent {
  readonly id: string;
  readonly at: number;
  readonly message: string;
}

/** How one service deployment went: what DescribeServiceDeployments answers. */
export interface DeploymentRecord {
  readonly id: string;
  readonly taskDefinition: string;
  readonly status: "IN_PROGRESS" | "SUCCESSFUL" | "STOPPED" | "ROLLBACK_IN_PROGRESS" | "ROLLBACK_SUCCESSFUL";
  readonly reason?: string | undefined;
  readonly createdAt: number;
  readonly finishedAt?: number | undefined;
}

/** A service. What no deployment depends on is in the words of CreateService. */
export interface Service
  extends Revision,
    Pick<
      CreateServiceCommandInput,
      | "deploymentConfiguration"
      | "deploymentController"
      | "healthCheckGracePeriodSeconds"
      | "enableECSManagedTags"
      | "enableExecuteCommand"
      | "propagateTags"
      | "placementConstraints"
      | "placementStrategy"
      | "availabilityZoneRebalancing"
    > {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  readonly status: "ACTIVE" | "DRAINING" | "INACTIVE";
  readonly desiredCount: number;
  readonly createdAt: number;
  readonly inactiveAt?: number | undefined;
  /** The primary first. */
  readonly deployments: readonly Deployment[];
  /** Newest first, a hundred at most. */
  readonly events: readonly ServiceEvent[];
  /** Newest first, twenty at most. */
  readonly history: readonly DeploymentRecord[];
  /** Whether the last word was that a steady state is reached. */
  readonly steady: boolean;
}

/** The deployment the service moves to. */
export function primaryOf(service: Service): Deployment | undefined {
  return service.deployments.find(({ status }) => status === "PRIMARY");
}
