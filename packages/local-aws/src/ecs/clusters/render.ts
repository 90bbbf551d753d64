import type { Cluster as ClusterOutput } from "@aws-sdk/client-ecs";
import type { EcsState } from "../state.ts";
import type { Cluster } from "./cluster.ts";

/** A cluster as DescribeClusters answers it, with the parts that `include` asks for. */
export function renderCluster(
  state: EcsState,
  cluster: Cluster,
  include: readonly string[] = [],
): ClusterOutput {
  const asked = new Set(include);
  const tasks = Object.values(state.tasks).filter(({ clusterArn }) => clusterArn === cluster.arn);
  const services = Object.values(state.services).filter(({ clusterArn }) => clusterArn === cluster.arn);
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: 0,
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === "RUNNING").length,
    pendingTasksCount: tasks.filter(({ lastStatus }) => starting.has(lastStatus)).length,
    activeServicesCount: services.filter(({ status }) => status === "ACTIVE").length,
    statistics: [],
    capacityProviders: [...cluster.capacityProviders],
    defaultCapacityProviderStrategy: [...cluster.defaultStrategy],
    serviceConnectDefaults: cluster.serviceConnectDefaults,
    tags: asked.has("TAGS") ? [...(state.tags[cluster.arn] ?? [])] : [],
    settings: asked.has("SETTINGS") ? [...cluster.settings] : [],
    configuration: asked.has("CONFIGURATIONS") ? cluster.configuration : undefined,
  };
}

const starting: ReadonlySet<string> = new Set(["PROVISIONING", "PENDING", "ACTIVATING"]);
