/** A service of a Compose file as far as a proposal asks; whatever else it says is none of our business. */
export interface ServiceFacts {
  readonly name: string;
  readonly image?: string;
  /** Folder of its build, from the project's root. */
  readonly context?: string;
  readonly dockerfile?: string;
  /** Stage of the Dockerfile that it is built to. */
  readonly target?: string;
  readonly command?: readonly string[] | string;
  /** What it publishes, as it is written. */
  readonly ports: readonly string[];
  readonly exposes: readonly string[];
  /** What a proxy is told of it, in labels or variables: that it answers, and where as far as it is told. */
  readonly routed?: { readonly port?: number };
  readonly dependsOn: readonly string[];
  readonly mounts: readonly string[];
  /** Of `environment` and of the files it names; the nearest wins. */
  readonly variables: ReadonlyMap<string, string>;
  readonly environmentFiles: readonly string[];
  readonly healthcheck: string;
  /** Asks for rights over a host. */
  readonly isPrivileged: boolean;
  readonly hasProfile: boolean;
  /** Its `x-freehold` as it stands: somebody has decided. */
  readonly settings: Readonly<Record<string, unknown>>;
}
