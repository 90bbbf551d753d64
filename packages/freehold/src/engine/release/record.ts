import type { ContainerService } from "../../app/application.ts";
import type { ConnectOutputs } from "../../aws/outputs.ts";
import type { Check } from "../deploy/check.ts";

/**
 * A release: one immutable JSON object in the artifact bucket at `releases/<environment>/<id>.json`. History, rollback and
 * status read this and nothing else. It never holds a secret, only the names of the user's secrets and their versions.
 */
export interface Release {
  /** `v1`, `v2`, … in order, per environment. */
  readonly id: string;
  readonly application: string;
  readonly collection: string;
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly author: string;
  readonly commit?: string;
  readonly isDirty?: boolean;
  /** The release that was live before; a rollback's parent is what it rolled back from. */
  readonly parent?: string;
  /** Set when this release brought an earlier one back. */
  readonly rollbackOf?: string;
  readonly services: Readonly<Record<string, ReleasedService>>;
  readonly sites: Readonly<Record<string, ReleasedSite>>;
  /** Version id of the environment's secret that the tasks were started with; absent when no secret is declared. */
  readonly secretVersion?: string;
  /** Digest of the databases' roles script last run, by database name. */
  readonly databases: Readonly<Record<string, string>>;
}

export interface ReleasedService {
  readonly type: ContainerService["type"];
  /** `<repository>@sha256:…`. */
  readonly image: string;
  /** Image of what writes its secrets into files; left out where it has none. */
  readonly writer?: string;
  /** Revision the engine registered. */
  readonly taskDefinitionArn: string;
  /** Digest of the resolved template and the image; equal digests mean "not touched". FREEHOLD_RELEASE takes no part. */
  readonly digest: string;
  readonly count: number;
  /** What the load balancer asks of its tasks. */
  readonly check?: Check;
  /** How its tasks find others and are found; null where they need no proxy, left out of what does not run all the time. */
  readonly connect?: ConnectOutputs | null;
  /** The release that last changed this service. */
  readonly changedIn: string;
}

export interface ReleasedSite {
  readonly digest: string;
  /** Folder in the site's bucket, the value of its key: `releases/<digest>`. */
  readonly folder: string;
}

/** `releases/<environment>/live.json`: written with If-Match; says which release is live. */
export interface Pointer {
  readonly live: string;
  readonly updatedAt: string;
}
