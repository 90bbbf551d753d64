import type { Platform } from "../platform.ts";
import { ServiceError } from "../service.ts";
import { checkVersion, newToken } from "./versions.ts";

/** A resource as it is kept: its configuration in the SDK's shape, and its version. */
export interface Stored<Config> {
  readonly id: string;
  readonly etag: string;
  /** ISO 8601. */
  readonly created: string;
  readonly changed: string;
  readonly config: Config;
}

/** All resources of one kind, by id. Every change makes a new ETag. */
export interface Shelf<Config> {
  all(): readonly Stored<Config>[];
  find(id: string | undefined): Stored<Config> | undefined;
  /** Throws the kind's error where the id is unknown. */
  get(id: string | undefined): Stored<Config>;
  add(id: string, config: Config): Promise<Stored<Config>>;
  /** Throws where the id is unknown or the version is another. */
  replace(id: string | undefined, ifMatch: string | undefined, config: Config): Promise<Stored<Config>>;
  remove(id: string | undefined, ifMatch: string | undefined): Promise<void>;
}

/** `missing` is the error of the kind, e.g. `NoSuchDistribution`. */
export async function openShelf<Config>(
  platform: Platform,
  name: string,
  missing: string,
): Promise<Shelf<Config>> {
  const store = await platform.store<Readonly<Record<string, Stored<Config>>>>(name, {});
  const now = (): string => platform.clock.now().toISOString();
  const find = (id = ""): Stored<Config> | undefined => store.get()[id];
  const get = (id: string | undefined): Stored<Config> => {
    const found = find(id);
    if (found === undefined) throw new ServiceError(missing, "The specified resource does not exist.", 404);
    return found;
  };
  const put = async (stored: Stored<Config>): Promise<Stored<Config>> => {
    await store.update((all) => ({ ...all, [stored.id]: stored }));
    return stored;
  };
  return {
    all: () => Object.values(store.get()),
    find,
    get,
    add: (id, config) => put({ id, etag: newToken(), created: now(), changed: now(), config }),
    replace: async (id, ifMatch, config) => {
      const known = get(id);
      checkVersion(known.etag, ifMatch);
      return put({ ...known, etag: newToken(), changed: now(), config });
    },
    remove: async (id, ifMatch) => {
      const known = get(id);
      checkVersion(known.etag, ifMatch);
      await store.update((all) =>
        Object.fromEntries(Object.entries(all).filter(([key]) => key !== known.id)),
      );
    },
  };
}
