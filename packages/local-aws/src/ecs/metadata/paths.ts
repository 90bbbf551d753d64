import type { Task } from "../tasks/task.ts";

/** `/v4/<task id>-<place of the container in the task>`. */
export function metadataPath({ id, containers }: Task, container: string): string {
  return `/v4/${id}-${containers.findIndex(({ name }) => name === container)}`;
}

export interface MetadataRequest {
  readonly taskId: string;
  readonly container: number;
  /** What is asked beyond the container itself: `task`, `stats`, `task/stats`. */
  readonly subject: string;
}

export function parseMetadataPath(path: string): MetadataRequest | undefined {
  const match = /^\/v4\/([0-9a-f]{32})-(\d+)(?:\/(.*?))?\/?$/.exec(path);
  if (match?.[1] === undefined) return undefined;
  return { taskId: match[1], container: Number(match[2]), subject: match[3] ?? "" };
}
