import type { Condition, Sighting } from "../scheduler/assess.ts";
import type { Deployment, Service } from "../services/service-record.ts";
import type { Task } from "../tasks/task.ts";

/** Records for tests of decisions: what a row does not name is ordinary. */
export function deployment(id: string, changes: Partial<Deployment> = {}): Deployment {
  return {
    id,
    status: "PRIMARY",
    taskDefinition: `definition-of-${id}`,
    rolloutState: "IN_PROGRESS",
    rolloutReason: "",
    createdAt: 0,
    updatedAt: 0,
    failedTasks: 0,
    streak: 0,
    completed: false,
    ...changes,
  };
}

export function service(deployments: readonly Deployment[], changes: Partial<Service> = {}): Service {
  return {
    arn: "service",
    name: "web",
    clusterArn: "cluster",
    status: "ACTIVE",
    desiredCount: 2,
    taskDefinition: deployments[0]?.taskDefinition ?? "",
    createdAt: 0,
    deployments,
    events: [],
    history: [],
    steady: false,
    ...changes,
  };
}

export function task(id: string, changes: Partial<Task> = {}): Task {
  return {
    arn: id,
    id,
    clusterArn: "cluster",
    taskDefinitionArn: "definition",
    family: "web",
    group: "service:web",
    serviceArn: "service",
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    version: 1,
    containers: [],
    overrides: {},
    network: { subnets: ["subnet-1"] },
    networkInterface: {
      attachmentId: "a",
      interfaceId: "eni-1",
      subnetId: "subnet-1",
      status: "ATTACHED",
      address: "10.0.0.1",
    },
    loadBalancers: [],
    enableExecuteCommand: false,
    createdAt: 0,
    startedAt: 0,
    ...changes,
  };
}

/** `new:healthy` → a healthy task of the deployment `new`; ids are `new-0`, `new-1` … by place. */
export function sightings(...words: readonly string[]): readonly Sighting[] {
  return words.map((word, index) => {
    const [startedBy = "", kind = ""] = word.split(":");
    return { task: task(`${startedBy}-${index}`, { startedBy }), condition: conditionOf(kind) };
  });
}

function conditionOf(kind: string): Condition {
  switch (kind) {
    case "starting":
    case "settling":
    case "healthy":
    case "stopping":
      return { kind };
    default:
      return { kind: "unhealthy", reason: "Task failed container health checks", event: "is unhealthy" };
  }
}
