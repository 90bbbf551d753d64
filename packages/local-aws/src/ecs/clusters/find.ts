import { lastPart } from "../arns.ts";
import { clusterNotFound } from "../errors.ts";
import type { EcsState } from "../state.ts";
import type { Cluster } from "./cluster.ts";

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
