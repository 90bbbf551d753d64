import { UserError } from "../../errors.ts";
import type { Release, ReleasedService } from "./record.ts";
import { type History, nextReleaseId } from "./store.ts";

export interface RollbackInput {
  readonly history: History;
  /** The release to go back to; the live one's parent when left out. */
  readonly id?: string;
  readonly createdAt: string;
  readonly author: string;
}

/**
 * The record of a rollback: images, revisions and sites of the earlier release; counts as they are now. What the live release
 * has and the earlier one had not stays as it is.
 *
 * @throws UserError `no-release`, `no-earlier-release`, `release-is-live`.
 */
export function rollbackPlan({ history, id, createdAt, author }: RollbackInput): Release {
  const { live, releases } = history;
  if (live === undefined) throw nothingReleased();
  const wanted = id ?? earlierOf(live, releases);
  const earlier = releases.find((one) => one.id === wanted);
  if (earlier === undefined) throw noSuchRelease(wanted, releases);
  if (earlier.id === live.id) throw isLive(live);
  const [newest] = releases;
  // Written by a run that was killed before it could say that it is live.
  if (newest?.rollbackOf === earlier.id && newest.parent === live.id) return newest;
  const { commit: _commit, isDirty: _isDirty, secretVersion: _version, ...rest } = live;
  return {
    ...rest,
    ...pick(earlier),
    id: nextReleaseId(releases),
    createdAt,
    author,
    parent: live.id,
    rollbackOf: earlier.id,
    services: { ...live.services, ...withCountsOf(live, earlier) },
    sites: { ...live.sites, ...earlier.sites },
  };
}

/** A rollback's own parent is what it went back from, so what counts is the parent of the release it brought back. */
function earlierOf(live: Release, releases: readonly Release[]): string {
  const origin = releases.find((one) => one.id === live.rollbackOf) ?? live;
  if (origin.rollbackOf !== undefined) return earlierOf(origin, releases);
  if (origin.parent !== undefined) return origin.parent;
  throw new UserError({
    code: "no-earlier-release",
    subject: origin.id,
    message: "is the first release: there is none before it",
    hint: "See `freehold releases`.",
  });
}

function pick({ commit, isDirty, secretVersion }: Release) {
  return {
    ...(commit === undefined ? {} : { commit }),
    ...(isDirty === undefined ? {} : { isDirty }),
    ...(secretVersion === undefined ? {} : { secretVersion }),
  };
}

function withCountsOf(live: Release, earlier: Release): Readonly<Record<string, ReleasedService>> {
  const entries = Object.entries(earlier.services).map(([name, service]) => {
    const count = live.services[name]?.count ?? service.count;
    return [name, { ...service, count }] as const;
  });
  return Object.fromEntries(entries);
}

function nothingReleased(): UserError {
  return new UserError({
    code: "no-release",
    subject: "",
    message: "Nothing was released to this environment yet.",
    hint: "Run `freehold up` first.",
  });
}

function noSuchRelease(id: string, releases: readonly Release[]): UserError {
  const ids = releases.map((one) => one.id).join(", ");
  return new UserError({
    code: "no-release",
    subject: id,
    message: "is no release of this environment",
    hint: `There are: ${ids}`,
  });
}

function isLive(live: Release): UserError {
  return new UserError({
    code: "release-is-live",
    subject: live.id,
    message: "is the live release",
    hint: "Name an earlier one; see `freehold releases`.",
  });
}
