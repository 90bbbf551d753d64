import type { Binding } from "./binding.ts";
import type { ConfigFile } from "./config-file.ts";
import type { ExistingSecret } from "./existing-secret.ts";
import type { Mount } from "./mount.ts";
import type { Sandbox } from "./sandbox.ts";
import type { SecretFile } from "./secret-file.ts";
import type { Table } from "./table.ts";
import type { Topic } from "./topic.ts";

/** What the user means, fully resolved: no YAML, no defaults left open, no AWS words beyond units. Lists are sorted by name. */
export interface Application {
  readonly name: string;
  readonly collections: readonly Collection[];
  /** Told to the user by `check`; never a reason to stop. */
  readonly notes: readonly Note[];
}

export interface Note {
  readonly subject: string;
  readonly message: string;
  /** A setting of the file that changes nothing, because what it asks for is not built yet. */
  readonly isLater?: true;
}

/** Environments that share an account, a region, a network and a load balancer. */
export interface Collection {
  readonly name: string;
  /** The account the file demands; undefined means "whatever the credentials say". */
  readonly account?: string;
  readonly region: string;
  readonly network: Network;
  readonly tags: Readonly<Record<string, string>>;
  readonly environments: readonly Environment[];
}

export interface Network {
  readonly cidr: string;
  readonly zones: 2 | 3;
  readonly egress: "nat";
}

export type EnvironmentKind = "preview" | "staging" | "production";

/** One running copy of the application, every override applied. */
export interface Environment {
  readonly name: string;
  readonly kind: EnvironmentKind;
  readonly services: readonly Service[];
  readonly resources: readonly Resource[];
}

export type Service = Site | ContainerService;
export type ContainerService = RunningService | Cron | Job;
/** What ECS keeps running. */
export type RunningService = Web | Private | Worker;

/** Static files behind the CDN. */
export interface Site {
  readonly type: "site";
  readonly name: string;
  readonly path: string;
  /** `spa`: routes without a file ending answer index.html; `static`: …/index.html. */
  readonly mode: "spa" | "static";
  readonly source: SiteSource;
  /** Why it became a site, for `check`. */
  readonly reason: string;
}

type SiteSource =
  /** `output` is an absolute folder inside the built image. */
  | { readonly kind: "image"; readonly build: Build; readonly output: string }
  /** `command` runs on the host in `folder`; `output` is relative to it. */
  | {
      readonly kind: "host";
      readonly folder: string;
      /** Makes the files on this machine; undefined where they are there already. */
      readonly command?: string;
      readonly output: string;
    };

export type ImageSource =
  | { readonly kind: "build"; readonly build: Build }
  | { readonly kind: "image"; readonly reference: string };

/** Paths are relative to the project folder (that of the first Compose file), `/`-separated. */
export interface Build {
  readonly context: string;
  /** Its path from the context, or what would stand in it. */
  readonly dockerfile: string | { readonly text: string };
  readonly target?: string;
  readonly args: Readonly<Record<string, string>>;
}

export type Platform = "linux/amd64" | "linux/arm64";

/** A valid Fargate pair: CPU units (1024 = 1 vCPU) and MiB. */
export interface Size {
  readonly cpu: number;
  readonly memory: number;
}

interface ContainerBase {
  readonly name: string;
  readonly image: ImageSource;
  readonly platform: Platform;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workingDirectory?: string;
  readonly user?: string;
  readonly sandbox?: Sandbox;
  readonly size: Size;
  /** Plain values, by name; no secret ever stands here. */
  readonly variables: Readonly<Record<string, string>>;
  /** Variables whose value comes from a managed resource, by variable name. */
  readonly bindings: Readonly<Record<string, Binding>>;
  /** Names of the user's secrets (`x-freehold.secrets`), each a variable of the container. */
  readonly secrets: readonly string[];
  /** Variables whose value is a secret that is there already, by name. Undefined: none. */
  readonly existingSecrets?: Readonly<Record<string, ExistingSecret>>;
  /** Secrets that it finds in files, by path. Undefined: none. */
  readonly secretFiles?: readonly SecretFile[];
  /** Names of the resources it may reach: declared by `uses`, `depends_on` or a binding. */
  readonly uses: readonly string[];
  /** Ports of other services that it calls: named by a variable, `uses` or `depends_on`. */
  readonly calls: readonly Call[];
  /**
   * Variables that name other services, as tasks outside Service Connect have them: by names of the private DNS. Crons and jobs
   * have the same in `variables`; a running service's tasks have the names of the file there.
   */
  readonly taskVariables: Readonly<Record<string, string>>;
  /** Variables that hold where the environment answers the internet, as `FREEHOLD_URL` does. */
  readonly ownUrls?: readonly string[];
  /** Its volumes, by path. */
  readonly mounts: readonly Mount[];
  /** Files that lie over its image, by path. */
  readonly configs?: readonly ConfigFile[];
  /** What asks it to end, in place of what the image says: `SIGQUIT`. */
  readonly stopSignal?: string;
  /** It may write to its volumes while other tasks do. */
  readonly shared?: true;
  /** Names of services that must be up first (services only, resources are always up). */
  readonly dependsOn: readonly string[];
  /** Seconds between SIGTERM and SIGKILL; 2–120. */
  readonly stopGrace: number;
  /** Once per release, before traffic moves. */
  readonly release?: readonly string[];
  /** Once per non-production environment. */
  readonly seed?: readonly string[];
  readonly reason: string;
}

/** A port of another service. */
export interface Call {
  readonly service: string;
  readonly port: number;
}

/** A container that others may call. */
interface Called extends ContainerBase {
  /** That of its traffic. */
  readonly port: number;
  /** Further TCP ports that the file names. */
  readonly otherPorts: readonly number[];
}

/** A container with an HTTP port that the internet may reach. */
export interface Web extends Called {
  readonly type: "web";
  /** `/` or `/api`: matches the path itself and everything below it. */
  readonly path: string;
  readonly health: HealthCheck;
  readonly count: number;
}

export interface HealthCheck {
  readonly path: string;
  /** As AWS writes it: `200-399`. */
  readonly codes: string;
  readonly interval: number;
  readonly timeout: number;
  readonly healthy: number;
  readonly unhealthy: number;
  /** Seconds a new task may fail its checks before it counts. */
  readonly grace: number;
}

/** A container with a port that only the application's other services reach. */
export interface Private extends Called {
  readonly type: "private";
  readonly check?: ContainerCheck;
  readonly count: number;
}

/** A command inside the container that ends with 0 while the container is well; times in seconds. */
export interface ContainerCheck {
  /** `CMD` and its words, or `CMD-SHELL` and a line for the container's shell. */
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly retries: number;
  readonly startPeriod: number;
}

export interface Worker extends ContainerBase {
  readonly type: "worker";
  readonly count: number;
}

export interface Cron extends ContainerBase {
  readonly type: "cron";
  /** EventBridge Scheduler's language: `cron(0 9 ? * MON-FRI *)` or `rate(1 minute)`. */
  readonly schedule: string;
  /** As the user wrote it. */
  readonly written: string;
  readonly timezone: string;
}

/** A container run when asked. */
export interface Job extends ContainerBase {
  readonly type: "job";
  /** Once per release, before traffic moves: another service waits for its success. */
  readonly isAwaited: boolean;
}

export type Resource = Database | Cache | Bucket | Queue | Topic | Table | Volume;

export type DatabaseSetting = "size" | "storage" | "maxStorage" | "multiZone" | "backupDays";

export type DatabaseEngine = "postgres" | "mysql" | "mariadb";

export interface Database {
  readonly type: "database";
  readonly name: string;
  readonly engine: DatabaseEngine;
  /** Major version, e.g. `17` or `8.4`. */
  readonly version: string;
  /** The Compose file's own image: it holds the right client for database tasks. */
  readonly image: string;
  readonly size: string;
  /** GiB to start with, and to grow to. */
  readonly storage: number;
  readonly maxStorage: number;
  readonly multiZone: boolean;
  readonly backupDays: number;
  /** Whether the server refuses connections without TLS; it always offers it. */
  readonly forcesTls: boolean;
  /**
   * Settings that the file names. The others only say where the database begins: changed in the console, they are no
   * drift. Undefined means all of them.
   */
  readonly named?: readonly DatabaseSetting[];
  /**
   * The application's own databases, each with a role that may do all in it. MySQL's and MariaDB's may have several roles, a
   * line for each; in PostgreSQL the role owns the database.
   */
  readonly databases: readonly { readonly name: string; readonly role: string }[];
  readonly reason: string;
}

export interface Cache {
  readonly type: "cache";
  readonly name: string;
  readonly engine: "valkey" | "redis" | "memcached";
  /** As ElastiCache writes it, e.g. `8.0` for Valkey 8. */
  readonly version: string;
  readonly size: string;
  readonly replicas: number;
  /** With TLS Valkey and Redis have a token too. False: the security group alone keeps others out. */
  readonly tls: boolean;
  readonly reason: string;
}

export interface Bucket {
  readonly type: "bucket";
  readonly name: string;
  readonly reason: string;
}

export interface Queue {
  readonly type: "queue";
  readonly name: string;
  readonly fifo: boolean;
  /** Seconds. */
  readonly visibilityTimeout: number;
  readonly retentionDays: number;
  readonly maxReceives: number;
  readonly reason: string;
}

/** Files that outlive tasks, and that several may share. Its name may be a service's as well. */
export interface Volume {
  readonly type: "volume";
  readonly name: string;
  /** A backup each day. */
  readonly backups: boolean;
  readonly throughput: "elastic" | "bursting";
  readonly reason: string;
}
