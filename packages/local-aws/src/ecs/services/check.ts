import type { CreateServiceCommandInput, LoadBalancer, UpdateServiceCommandInput } from "@aws-sdk/client-ecs";
import type { Platform } from "../../platform.ts";
import { invalidParameter, unsupported } from "../errors.ts";
import type { TaskDefinition } from "../task-definitions/task-definition.ts";

/** Refuses what local-aws cannot run, rather than leaving it out in silence. @throws UnsupportedFeatureException */
export function refuseUnsupported(input: CreateServiceCommandInput | UpdateServiceCommandInput): void {
  const { deploymentConfiguration, serviceConnectConfiguration, vpcLatticeConfigurations } = input;
  const strategy = deploymentConfiguration?.strategy ?? "ROLLING";
  if (strategy !== "ROLLING") throw unsupported(`${strategy} deployments yet, only ROLLING`);
  if (serviceConnectConfiguration?.services?.some(({ tls }) => tls !== undefined))
    throw unsupported("TLS of Service Connect");
  if (vpcLatticeConfigurations?.length) throw unsupported("VPC Lattice");
  if (input.volumeConfigurations?.length) throw unsupported("EBS volumes");
}

/** Service kinds that need container instances, task sets or CodeDeploy. @throws UnsupportedFeatureException */
export function refuseUnsupportedKind({
  schedulingStrategy,
  deploymentController,
}: CreateServiceCommandInput): void {
  if (schedulingStrategy === "DAEMON") throw unsupported("DAEMON services");
  const controller = deploymentController?.type ?? "ECS";
  if (controller !== "ECS") throw unsupported(`the ${controller} deployment controller`);
}

/** A load balancer's container and port must be in the task definition. @throws InvalidParameterException */
export function checkTargets(
  loadBalancers: readonly LoadBalancer[] = [],
  { containers }: TaskDefinition,
): void {
  for (const { targetGroupArn, containerName, containerPort } of loadBalancers) {
    if (targetGroupArn === undefined) throw invalidParameter("targetGroupArn must be specified.");
    const container = containers.find(({ name }) => name === containerName);
    if (container === undefined) {
      throw invalidParameter(`The container ${containerName} does not exist in the task definition.`);
    }
    if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort)) {
      throw invalidParameter(
        `The container ${containerName} did not have a container port ${containerPort} defined.`,
      );
    }
  }
}

/** Target groups must be there, take addresses, and belong to a load balancer. @throws InvalidParameterException */
export async function checkTargetGroups(
  { elbv2 }: Pick<Platform["aws"], "elbv2">,
  loadBalancers: readonly LoadBalancer[] = [],
): Promise<void> {
  for (const { targetGroupArn = "" } of loadBalancers) {
    const answer = await elbv2
      .describeTargetGroups({ TargetGroupArns: [targetGroupArn] })
      .catch(() => undefined);
    const group = answer?.TargetGroups?.[0];
    if (group === undefined) {
      throw invalidParameter(`The target group ${targetGroupArn} does not exist.`);
    }
    if (group.TargetType !== "ip") {
      throw invalidParameter(
        `The provided target group ${targetGroupArn} has target type ${group.TargetType}, which is incompatible with the awsvpc network mode specified in the task definition.`,
      );
    }
    if (!group.LoadBalancerArns?.length) {
      throw invalidParameter(
        `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`,
      );
    }
  }
}
