import type {
  CapacityProviderStrategyItem,
  ClusterConfiguration,
  ClusterServiceConnectDefaults,
  ClusterSetting,
} from "@aws-sdk/client-ecs";
import { lastPart } from "../arns.ts";
import { clusterNotFound } from "../errors.ts";
import type { EcsState } from "../state.ts";

export interface Cluster {
  readonly arn: string;
  readonly name: string;
  readonly status: "ACTIVE" | "INACTIVE";
  readonly settings: readonly ClusterSetting[];
  readonly configuration?: ClusterConfiguration | undefined;
  readonly capacityProviders: readonly string[];
  readonly defaultStrategy: readonly CapacityProviderStrategyItem[];
  readonly serviceConnectDefaults?: ClusterServiceConnectDefaults | undefined;
}

/** The active cluster of a name or ARN; `default` where none is named. @throws ClusterNotFoundException */
export function activeCluster(state: EcsState, reference = "default"): Cluster {
  const cluster = findCluster(state, reference);
  if (cluster?.status !== "ACTIVE") throw clusterNotFound();
  return cluster;
}

export function findCluster(state: EcsState, reference: string): Cluster | undefined {
  const name = lastPart(reference);
  return Object.values(state.clusters).find((cluster) => cluster.name === name);
}
