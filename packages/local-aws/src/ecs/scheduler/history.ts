import type { DeploymentRecord, Service } from "../services/service-record.ts";

const remembered = 20;

/** A new deployment begins: those still under way are superseded. */
export function beginRecord(service: Service, id: string, taskDefinition: string, now: number): Service {
  const superseded = service.history.map((record) =>
    isOpen(record)
      ? { ...record, status: "STOPPED" as const, reason: `Superseded by ${id}.`, finishedAt: now }
      : record,
  );
  const record: DeploymentRecord = { id, taskDefinition, status: "IN_PROGRESS", createdAt: now };
  return { ...service, history: [record, ...superseded].slice(0, remembered) };
}

/** How a deployment ended; `at` is undefined while a rollback is still under way. */
export function finishRecord(
  service: Service,
  id: string,
  status: DeploymentRecord["status"],
  reason: string | undefined,
  at: number | undefined,
): Service {
  const change = (record: DeploymentRecord): DeploymentRecord =>
    record.id === id && isOpen(record) ? { ...record, status, reason, finishedAt: at } : record;
  return { ...service, history: service.history.map(change) };
}

/** The primary deployment has completed: it succeeded, or the rollback to it did. */
export function completeRecords(service: Service, now: number): Service {
  const change = (record: DeploymentRecord): DeploymentRecord => {
    if (record.status === "IN_PROGRESS") return { ...record, status: "SUCCESSFUL", finishedAt: now };
    if (record.status === "ROLLBACK_IN_PROGRESS") {
      return { ...record, status: "ROLLBACK_SUCCESSFUL", finishedAt: now };
    }
    return record;
  };
  return { ...service, history: service.history.map(change) };
}

function isOpen({ status }: DeploymentRecord): boolean {
  return status === "IN_PROGRESS" || status === "ROLLBACK_IN_PROGRESS";
}
