/**
 * What the stacks tell the engine. Each interface is the value of one Terraform output named `freehold`: plain JSON,
 * read from the state, never a secret.
 */

/** Output of the collection stack. */
export interface CollectionOutputs {
  readonly vpc_id: string;
  readonly public_subnet_ids: readonly string[];
  readonly private_subnet_ids: readonly string[];
  readonly data_subnet_ids: readonly string[];
  /** Availability zone names, in the order of the subnets; kept for life. */
  readonly zones: readonly string[];
  readonly cluster_arn: string;
  readonly cluster_name: string;
  readonly load_balancer_arn: string;
  readonly load_balancer_dns_name: string;
  readonly load_balancer_security_group_id: string;
  readonly listener_arn: string;
  readonly vpc_origin_id: string;
  /** Repository URL by service or resource name. */
  readonly repositories: Readonly<Record<string, string>>;
  readonly artifact_bucket: string;
}

/** Output of the environment stack. */
export interface EnvironmentOutputs {
  /** Host of the distribution, with a port only on a laptop; undefined when nothing is public. */
  readonly domain: string | null;
  readonly distribution_id: string | null;
  readonly key_value_store_arn: string | null;
  readonly services: Readonly<Record<string, ServiceOutputs>>;
  readonly sites: Readonly<Record<string, SiteOutputs>>;
  readonly databases: Readonly<Record<string, DatabaseOutputs>>;
  readonly caches: Readonly<Record<string, CacheOutputs>>;
  /** Plain attributes of buckets, queues, tables and topics, by resource name. */
  readonly buckets: Readonly<Record<string, { readonly name: string; readonly arn: string }>>;
  readonly queues: Readonly<
    Record<string, { readonly name: string; readonly url: string; readonly arn: string }>
  >;
  readonly tables: Readonly<Record<string, { readonly name: string; readonly arn: string }>>;
  readonly topics: Readonly<Record<string, { readonly name: string; readonly arn: string }>>;
  readonly volumes: Readonly<Record<string, { readonly id: string; readonly arn: string }>>;
  /** The user's secrets: one secret for the environment, JSON keys. */
  readonly secret_arn: string;
  /** Subnets and group of tasks that are run once. */
  readonly task_subnet_ids: readonly string[];
}

export interface ServiceOutputs {
  readonly type: "web" | "private" | "worker" | "cron" | "job";
  /** Name of the ECS service; null for a cron and a job. */
  readonly ecs_service: string | null;
  readonly target_group_arn: string | null;
  /** Name and group of the EventBridge schedule; null unless a cron. */
  readonly schedule: { readonly name: string; readonly group: string } | null;
  /** How its tasks find others and are found; null where they need no proxy. */
  readonly connect: ConnectOutputs | null;
  readonly security_group_id: string;
  readonly log_group: string;
  /** ARN of the secret that holds this service's secret bindings, JSON keys by variable name; null when it has none. */
  readonly binding_secret_arn: string | null;
  readonly template: TaskTemplate;
}

/**
 * Part of the input of ECS UpdateService: it names ports of the revision, so that both change together
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectConfiguration.html).
 */
export interface ConnectOutputs {
  readonly namespace: string;
  readonly services: readonly {
    readonly portName: string;
    readonly discoveryName: string;
    /** One, as Terraform's provider takes no more. */
    readonly clientAliases: readonly [{ readonly dnsName: string; readonly port: number }];
  }[];
}

/**
 * The input of ECS RegisterTaskDefinition (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html)
 * but for the images, which the engine puts in by digest: that of the service into the container of its name, that of the secret
 * writer into the other.
 */
export interface TaskTemplate {
  readonly family: string;
  readonly taskRoleArn: string;
  readonly executionRoleArn: string;
  readonly networkMode: "awsvpc";
  readonly requiresCompatibilities: readonly ["FARGATE"];
  readonly cpu: string;
  readonly memory: string;
  readonly runtimePlatform: {
    readonly cpuArchitecture: "X86_64" | "ARM64";
    readonly operatingSystemFamily: "LINUX";
  };
  readonly containerDefinitions: readonly ContainerTemplate[];
  readonly volumes?: readonly VolumeTemplate[];
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

export type VolumeTemplate =
  | FileSystemVolume
  /** Lives as long as its task, whose containers share it. */
  | { readonly name: string };

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html */
interface FileSystemVolume {
  readonly name: string;
  readonly efsVolumeConfiguration: {
    readonly fileSystemId: string;
    readonly transitEncryption: "ENABLED";
    readonly authorizationConfig: { readonly accessPointId: string; readonly iam: "ENABLED" };
  };
}

export interface ContainerTemplate {
  readonly name: string;
  /** False: it runs before the others, and its task goes on when it has ended. */
  readonly essential: boolean;
  readonly dependsOn?: readonly Dependency[];
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workingDirectory?: string;
  readonly user?: string;
  readonly linuxParameters?: {
    readonly initProcessEnabled?: true;
    readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
    readonly tmpfs?: readonly {
      readonly containerPath: string;
      /** MiB. */
      readonly size: number;
      readonly mountOptions: readonly string[];
    }[];
  };
  readonly readonlyRootFilesystem?: true;
  readonly ulimits?: readonly {
    readonly name: "nofile";
    readonly softLimit: number;
    readonly hardLimit: number;
  }[];
  readonly stopTimeout: number;
  readonly portMappings: readonly {
    readonly name: string;
    readonly containerPort: number;
    readonly protocol: "tcp";
  }[];
  /** Seconds. */
  readonly healthCheck?: {
    readonly command: readonly string[];
    readonly interval: number;
    readonly timeout: number;
    readonly retries: number;
    readonly startPeriod: number;
  };
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly mountPoints?: readonly MountPoint[];
  /** `valueFrom` as ECS reads it: `<secret arn>:<json key>::`. */
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly logConfiguration: {
    readonly logDriver: "awslogs";
    readonly options: Readonly<Record<string, string>>;
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html */
export interface Dependency {
  readonly containerName: string;
  readonly condition: "SUCCESS";
}

export interface MountPoint {
  readonly sourceVolume: string;
  readonly containerPath: string;
  readonly readOnly: boolean;
}

export interface SiteOutputs {
  readonly bucket: string;
  /** The key in the KeyValueStore whose value is the folder now live, e.g. `releases/<id>`. */
  readonly key: string;
}

export interface DatabaseOutputs {
  readonly host: string;
  readonly port: number;
  /** RDS master credentials: `{"username","password"}`. */
  readonly master_secret_arn: string;
  /** By role name: secret that holds `{"username","password"}`; made empty, filled by the engine. */
  readonly role_secret_arns: Readonly<Record<string, string>>;
  /** Template of the one-off task that makes roles and databases; its container is named `database`. */
  readonly task: TaskTemplate;
  readonly task_security_group_id: string;
}

export interface CacheOutputs {
  readonly host: string;
  readonly port: number;
  /** Null for memcached, which replicates nothing. */
  readonly replication_group_id: string | null;
  /** Secret that holds the token as plain text; made empty, filled by the engine. Null where there is no token. */
  readonly token_secret_arn: string | null;
}
