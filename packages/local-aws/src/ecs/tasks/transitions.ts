import type { Stop, Task, TaskContainer, TaskStatus } from "./task.ts";

/** The task in its next state. */
export function advance(task: Task, lastStatus: TaskStatus, changes: Partial<Task> = {}): Task {
  return { ...task, ...changes, lastStatus, version: task.version + 1 };
}

/** The task told to stop; the first reason stands. */
export function tellToStop(task: Task, stop: Stop, at: number): Task {
  if (task.desiredStatus === "STOPPED") return task;
  return { ...task, desiredStatus: "STOPPED", stop, stoppingAt: at, version: task.version + 1 };
}

/** The end of a task's life. */
export function ended(task: Task, stop: Stop, at: number): Task {
  const told = tellToStop(task, stop, at);
  return advance(told, "STOPPED", {
    stoppedAt: at,
    executionStoppedAt: told.executionStoppedAt ?? at,
    networkInterface: { ...told.networkInterface, status: "DELETED" },
    containers: told.containers.map((container) => ({ ...container, lastStatus: "STOPPED" })),
  });
}

export function changeContainer(task: Task, name: string, changes: Partial<TaskContainer>): Task {
  return {
    ...task,
    version: task.version + 1,
    containers: task.containers.map((one) => (one.name === name ? { ...one, ...changes } : one)),
  };
}
