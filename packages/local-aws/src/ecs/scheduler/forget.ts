import { type EcsStore, without } from "../state.ts";

/** ECS shows stopped tasks and deleted services for about an hour. */
const shown = 3_600_000;

/** Drops what ECS no longer shows. */
export async function forgetOld(store: EcsStore, now: number): Promise<void> {
  const isOld = (at: number | undefined): boolean => at !== undefined && at < now - shown;
  const state = store.get();
  const tasks = Object.values(state.tasks).filter(({ stoppedAt }) => isOld(stoppedAt));
  const services = Object.values(state.services).filter(({ inactiveAt }) => isOld(inactiveAt));
  if (tasks.length + services.length === 0) return;
  const gone = new Set([...tasks, ...services].map(({ arn }) => arn));
  await store.update((before) => ({
    ...before,
    tasks: without(before.tasks, gone),
    services: without(before.services, gone),
    tags: without(before.tags, gone),
  }));
}
