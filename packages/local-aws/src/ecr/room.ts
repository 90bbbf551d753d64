import type { Clock, Log, Settings, Store } from "../platform.ts";
import { type Blobs, isDigest } from "./blobs.ts";
import { superfluous } from "./images.ts";
import type { EcrState } from "./state.ts";

/** What every part of this room works on. */
export interface Room {
  readonly store: Store<EcrState>;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Settings, "accountId" | "port">;
}

/** Changes the state, then removes the files that nothing names any more. */
export async function change(room: Room, next: (state: EcrState) => EcrState): Promise<EcrState> {
  const before = room.store.get();
  const after = await room.store.update(next);
  // Asked again of the store: what a push named in the meantime stays.
  const gone = superfluous(before, room.store.get()).filter(isDigest);
  await Promise.all(gone.map((digest) => room.blobs.remove(digest)));
  return after;
}
