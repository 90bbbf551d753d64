import { withoutImage } from "./images.ts";
import { expiredImages } from "./lifecycle.ts";
import { parseLifecyclePolicy } from "./lifecycle-policy.ts";
import { change, type Room } from "./room.ts";
import { type EcrState, type Repository, withRepository } from "./state.ts";

const hour = 3600 * 1000;
const abandonedAfter = 24 * hour;

/** Applies the lifecycle policies now and every hour (AWS promises a day); answers the end of it. */
export function expireHourly(room: Room): () => void {
  let cancel = (): void => {};
  const tick = (): void => {
    cancel = room.clock.at(new Date(room.clock.now().getTime() + hour), tick);
    expire(room).catch((error: unknown) => room.log.warn("images could not be expired", { error }));
  };
  tick();
  return () => cancel();
}

/** Removes what the policies expire, and layers whose push was never finished. */
async function expire(room: Room): Promise<void> {
  const now = room.clock.now();
  await change(room, (state) =>
    Object.values(state.repositories).reduce((left, one) => swept(left, one, now), state),
  );
}

function swept(state: EcrState, repository: Repository, now: Date): EcrState {
  return withRepository(state, withoutAbandonedLayers(withoutExpired(repository, now), now));
}

function withoutExpired(repository: Repository, now: Date): Repository {
  if (repository.lifecycle === undefined) return repository;
  const policy = parseLifecyclePolicy(repository.lifecycle.text);
  const left = expiredImages(repository, policy, now).reduce(withoutImage, repository);
  return { ...left, lifecycle: { ...repository.lifecycle, evaluatedAt: now.toISOString() } };
}

function withoutAbandonedLayers(repository: Repository, now: Date): Repository {
  const used = new Set(Object.values(repository.images).flatMap((image) => image.layers));
  const isKept = (digest: string, pushedAt: string): boolean =>
    used.has(digest) || now.getTime() - Date.parse(pushedAt) < abandonedAfter;
  const layers = Object.entries(repository.layers).filter(([digest, layer]) =>
    isKept(digest, layer.pushedAt),
  );
  return { ...repository, layers: Object.fromEntries(layers) };
}
