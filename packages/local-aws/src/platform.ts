import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { ECS } from "@aws-sdk/client-ecs";
import type { EFS } from "@aws-sdk/client-efs";
import type { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { IAM } from "@aws-sdk/client-iam";
import type { S3 } from "@aws-sdk/client-s3";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { ServiceDiscovery } from "@aws-sdk/client-servicediscovery";
import type { SQS } from "@aws-sdk/client-sqs";
import type { SSM } from "@aws-sdk/client-ssm";
import type { STS } from "@aws-sdk/client-sts";
import type { Engine } from "./docker-engine/engine.ts";

/** What every service of ours stands on. Made once at the start and passed down; nothing is global. */
export interface Platform {
  readonly settings: Settings;
  readonly docker: Engine;
  /** Clients of our own front door: our services speak to each other as AWS's do, through AWS calls. */
  readonly aws: AwsClients;
  readonly networks: Networks;
  readonly authority: Authority;
  readonly clock: Clock;
  readonly log: Log;
  /** Opens the store of a name; its content is JSON, restored from the folder, written atomically after each change. */
  store<T>(name: string, initial: T): Promise<Store<T>>;
}

export interface Settings {
  /** Loopback only. */
  readonly host: "127.0.0.1";
  readonly port: number;
  /** `http://127.0.0.1:<port>`: the same inside containers and out. */
  readonly endpoint: string;
  /** Everything that outlives a stop. */
  readonly folder: string;
  /** Unix socket on which the front door listens for our own services alone: its calls are not judged, so nothing mounts it. */
  readonly socket: string;
  readonly accountId: string;
  readonly region: string;
  /** Label on every container, volume and network of this instance, so that `reset` finds them: `local-aws=<id>`. */
  readonly label: { readonly key: string; readonly value: string };
}

export interface AwsClients {
  readonly discovery: ServiceDiscovery;
  readonly ec2: EC2;
  readonly ecs: ECS;
  readonly efs: EFS;
  readonly elbv2: ElasticLoadBalancingV2;
  readonly iam: IAM;
  readonly logs: CloudWatchLogs;
  readonly s3: S3;
  readonly secrets: SecretsManager;
  readonly sqs: SQS;
  readonly ssm: SSM;
  readonly sts: STS;
}

/** Docker networks that stand for VPCs. */
export interface Networks {
  /** Name of the Docker network of a VPC, made when missing. */
  forVpc(vpcId: string): Promise<string>;
  /** The same, by one of the VPC's subnets (asks EC2). */
  forSubnet(subnetId: string): Promise<string>;
  /** Whether an address can be a container's on one of them; the machine's own address there is none. */
  holds(address: string): Promise<boolean>;
}

/** The local certificate authority. */
export interface Authority {
  /** PEM of the authority's certificate. */
  readonly certificate: string;
  /** A server certificate for these DNS names and IP addresses; the same names give the same pair. */
  issue(names: readonly string[]): Promise<{ readonly certificate: string; readonly key: string }>;
}

export interface Clock {
  now(): Date;
  /** Calls back at the instant; returns the cancellation. */
  at(when: Date, run: () => void): () => void;
  sleep(milliseconds: number): Promise<void>;
}

export interface Log {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
}

export interface Store<T> {
  get(): T;
  /** Replaces the value; resolves once it is on disk. */
  update(change: (value: T) => T): Promise<T>;
}
