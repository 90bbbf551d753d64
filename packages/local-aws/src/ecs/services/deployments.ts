import type {
  DescribeServiceDeploymentsCommandInput,
  ListServiceDeploymentsCommandInput,
  ServiceDeployment,
  ServiceDeploymentBrief,
} from "@aws-sdk/client-ecs";
import { type Arns, lastPart } from "../arns.ts";
import { activeCluster } from "../clusters/find.ts";
import { serviceNotFound } from "../errors.ts";
import { pageOf } from "../paging.ts";
import { breakerThreshold } from "../scheduler/failures.ts";
import type { EcsState } from "../state.ts";
import { findService } from "./find.ts";
import type { DeploymentRecord, Service } from "./service-record.ts";

/** See https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html. */
export function listServiceDeployments(
  state: EcsState,
  arns: Arns,
  input: ListServiceDeploymentsCommandInput,
) {
  const cluster = activeCluster(state, input.cluster);
  const service = findService(state, cluster.arn, input.service ?? "");
  if (service === undefined) throw serviceNotFound();
  const { createdAt: { after, before } = {}, status } = input;
  const matching = service.history.filter(
    (record) =>
      (!status?.length || status.includes(record.status)) &&
      (after === undefined || record.createdAt >= after.getTime()) &&
      (before === undefined || record.createdAt <= before.getTime()),
  );
  const { items, nextToken } = pageOf(matching, input);
  return { serviceDeployments: items.map((record) => brief(arns, service, record)), nextToken };
}

/** See https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html. */
export function describeServiceDeployments(
  state: EcsState,
  arns: Arns,
  { serviceDeploymentArns = [] }: DescribeServiceDeploymentsCommandInput,
) {
  const known = Object.values(state.services).flatMap((service) =>
    service.history.map((record) => detailed(arns, service, record)),
  );
  const find = (arn: string) => known.find(({ serviceDeploymentArn }) => serviceDeploymentArn === arn);
  return {
    serviceDeployments: serviceDeploymentArns.flatMap((arn) => find(arn) ?? []),
    failures: serviceDeploymentArns.flatMap((arn) => (find(arn) ? [] : [{ arn, reason: "MISSING" }])),
  };
}

export function serviceDeploymentArn(
  arns: Arns,
  { name, clusterArn }: Service,
  { id }: DeploymentRecord,
): string {
  return arns.serviceDeployment(lastPart(clusterArn), name, lastPart(id));
}

function brief(arns: Arns, service: Service, record: DeploymentRecord): ServiceDeploymentBrief {
  const { name, arn, clusterArn } = service;
  const place = [lastPart(clusterArn), name, lastPart(record.id)] as const;
  return {
    serviceDeploymentArn: serviceDeploymentArn(arns, service, record),
    serviceArn: arn,
    clusterArn,
    createdAt: new Date(record.createdAt),
    startedAt: new Date(record.createdAt),
    finishedAt: record.finishedAt === undefined ? undefined : new Date(record.finishedAt),
    targetServiceRevisionArn: arns.serviceRevision(...place),
    status: record.status,
    statusReason: record.reason,
  };
}

function detailed(arns: Arns, service: Service, record: DeploymentRecord): ServiceDeployment {
  const { targetServiceRevisionArn: arn, ...rest } = brief(arns, service, record);
  const breaker = service.deploymentConfiguration?.deploymentCircuitBreaker;
  const deployment = service.deployments.find(({ id }) => id === record.id);
  return {
    ...rest,
    targetServiceRevision: { arn, requestedTaskCount: service.desiredCount },
    deploymentConfiguration: service.deploymentConfiguration,
    deploymentCircuitBreaker: {
      status:
        breaker?.enable !== true
          ? "DISABLED"
          : record.status.startsWith("ROLLBACK")
            ? "TRIGGERED"
            : "MONITORING",
      failureCount: deployment?.failedTasks ?? 0,
      threshold: breakerThreshold(service.desiredCount),
    },
  };
}
