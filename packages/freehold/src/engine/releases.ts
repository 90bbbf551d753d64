import type { Ports } from "./ports.ts";
import { openTarget } from "./release/open.ts";
import type { Release } from "./release/record.ts";
import { readHistory, shelfOf } from "./release/store.ts";
import type { EnvironmentRequest } from "./target.ts";

export interface Releases {
  readonly environment: string;
  /** Id of the live release. */
  readonly live?: string;
  /** That were live once: the live one first, then the rest, newest first. */
  readonly releases: readonly Release[];
}

/** What was released to an environment. */
export async function releases(request: EnvironmentRequest, ports: Ports): Promise<Releases> {
  const target = await openTarget(request, ports);
  const { releases, live } = await readHistory(shelfOf(target), ports);
  return {
    environment: target.environment.name,
    ...(live === undefined ? {} : { live: live.id }),
    releases:
      live === undefined ? [] : releases.filter((one) => releases.indexOf(one) >= releases.indexOf(live)),
  };
}
