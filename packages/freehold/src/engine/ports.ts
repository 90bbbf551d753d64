import type { CloudFront } from "@aws-sdk/client-cloudfront";
import type { CloudFrontKeyValueStore } from "@aws-sdk/client-cloudfront-keyvaluestore";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { DynamoDB } from "@aws-sdk/client-dynamodb";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { ECR } from "@aws-sdk/client-ecr";
import type { ECS } from "@aws-sdk/client-ecs";
import type { EFS } from "@aws-sdk/client-efs";
import type { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ElastiCache } from "@aws-sdk/client-elasticache";
import type { IAM } from "@aws-sdk/client-iam";
import type { RDS } from "@aws-sdk/client-rds";
import type { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import type { S3 } from "@aws-sdk/client-s3";
import type { Scheduler } from "@aws-sdk/client-scheduler";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { ServiceDiscovery } from "@aws-sdk/client-servicediscovery";
import type { SNS } from "@aws-sdk/client-sns";
import type { SQS } from "@aws-sdk/client-sqs";
import type { STS } from "@aws-sdk/client-sts";
import type { Located } from "../app/located.ts";
import type { Place, Problem } from "../errors.ts";

/** What the outside must offer. The engine calls these and nothing else; tests pass their own. */
export interface Ports {
  readonly aws: AwsPort;
  readonly terraform: TerraformPort;
  readonly docker: DockerPort;
  readonly git: GitPort;
  readonly files: FilesPort;
  readonly hostCommands: HostCommandPort;
  readonly work: WorkPort;
  readonly clock: ClockPort;
  readonly questions: QuestionPort;
  /** PEM of the authorities that sign AWS's databases and caches, and of those in the file that AWS_CA_BUNDLE names. */
  readonly certificates: () => Promise<string>;
  readonly processes: ProcessPort;
  /** Who runs this: for leases and records. */
  readonly runner: { readonly user: string; readonly host: string; readonly pid: number };
}

/** AWS clients of one region, made when first asked for; each is the SDK's aggregated client. */
export interface AwsPort {
  readonly region: string;
  /** The same account in another region. */
  elsewhere(region: string): AwsPort;
  cloudfront(): Promise<CloudFront>;
  keyValueStore(): Promise<CloudFrontKeyValueStore>;
  discovery(): Promise<ServiceDiscovery>;
  dynamodb(): Promise<DynamoDB>;
  ec2(): Promise<EC2>;
  ecr(): Promise<ECR>;
  ecs(): Promise<ECS>;
  efs(): Promise<EFS>;
  elasticache(): Promise<ElastiCache>;
  iam(): Promise<IAM>;
  loadBalancing(): Promise<ElasticLoadBalancingV2>;
  logs(): Promise<CloudWatchLogs>;
  rds(): Promise<RDS>;
  s3(): Promise<S3>;
  scheduler(): Promise<Scheduler>;
  secrets(): Promise<SecretsManager>;
  sns(): Promise<SNS>;
  sqs(): Promise<SQS>;
  sts(): Promise<STS>;
  tagging(): Promise<ResourceGroupsTaggingAPI>;
}

/** A state, and with it a stack. */
export interface StackPlace {
  /** 12 digits. */
  readonly account: string;
  readonly bucket: string;
  readonly key: string;
}

/** Where Terraform works on a stack: absolute folders outside of the project, which nobody but this user can write. */
export interface StackFolder {
  /** Of this run alone: main.tf.json, the plan, logs. */
  readonly run: string;
  /** Of every run of the stack: providers, and which backend was initialised. */
  readonly shared: string;
}

/** A state that Terraform could not save in the bucket, and has left on this machine. */
export interface UnsavedState {
  /** The folder of the run, absolute. */
  readonly folder: string;
  /** Name of the file in it. */
  readonly file: string;
}

/** Working folders of this machine. Errors: UserError `unsafe-folder` when others can write what would be run from there. */
export interface WorkPort {
  /** The folders of a stack, made where they are missing. */
  stack(place: StackPlace): Promise<StackFolder>;
  /** Removes the folders of runs that have ended with all they started; answers those that are kept for what they hold. */
  sweep(place: StackPlace): Promise<readonly UnsavedState[]>;
  /** Folder for the output of a site's image with these inputs, there or not. */
  site(digest: string): Promise<string>;
}

/** Terraform or OpenTofu 1.11+ on the root that the run's folder holds, main.tf.json. */
export interface TerraformPort {
  /** Errors: UserError when there is none, or it is too old. */
  version(): Promise<{ readonly binary: string; readonly version: string }>;
  init(folder: StackFolder): Promise<void>;
  /** Plans, keeps the plan for `apply`, and answers `terraform show -json` of it, parsed. Takes no lock. */
  plan(folder: StackFolder, options: PlanOptions): Promise<unknown>;
  /** Says that a thing is sound whose making was broken off, so that it is not made anew. */
  untaint(folder: StackFolder, address: string, options: ChangeOptions): Promise<void>;
  /** Applies what was planned last; `onLine` gets each line of Terraform's `-json` output, parsed. */
  apply(folder: StackFolder, options: ChangeOptions): Promise<void>;
}

/** Of a Terraform that changes a state. It outlives us when we are killed. */
export interface ChangeOptions {
  readonly onLine?: OnLine;
  /** Awaited before it begins; when it fails, or we are killed meanwhile, nothing is changed. */
  readonly onStart: (pid: number) => Promise<void>;
}

export interface PlanOptions {
  /** Plans the removal of everything. */
  readonly destroy?: boolean;
  /** Addresses; what they stand on is planned with them. */
  readonly targets?: readonly string[];
  readonly onLine?: OnLine;
}

export type OnLine = (line: Readonly<Record<string, unknown>>) => void;

export interface DockerPort {
  /** Errors: UserError when no engine answers. */
  version(): Promise<string>;
  /** Builds with BuildKit and tags; `onLine` gets the plain progress. Errors: UserError with the build's last lines. */
  build(request: BuildRequest, onLine: (line: string) => void): Promise<void>;
  /** Id of a local image, or undefined. */
  imageId(reference: string): Promise<string | undefined>;
  pull(reference: string, platform: string): Promise<void>;
  tag(source: string, target: string): Promise<void>;
  login(registry: string, user: string, password: string): Promise<void>;
  /** Digest the registry gave, `sha256:…`. */
  push(reference: string): Promise<string>;
  /** Copies a folder out of an image. */
  copyOut(image: string, path: string, target: string): Promise<void>;
}

export interface BuildRequest {
  /** Absolute folder, or files given as data (for derived images). */
  readonly context:
    | { readonly kind: "folder"; readonly path: string }
    | { readonly kind: "files"; readonly files: Readonly<Record<string, string | Uint8Array>> };
  /** Path relative to the context, or what would stand in it. */
  readonly dockerfile: string | { readonly text: string };
  readonly target?: string;
  readonly args: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly tag: string;
}

export interface GitPort {
  /** Undefined outside a repository, or before the first commit. */
  head(
    folder: string,
  ): Promise<{ readonly commit: string; readonly author: string; readonly isDirty: boolean } | undefined>;
}

/** Files of the project; paths are absolute. Writes are whole and atomic. */
/** Where the user has written a setting, by its full name: `services.api.build.context`. */
export type PlaceOf = (setting: string) => Place | undefined;

export interface FilesPort {
  readonly project: string;
  readonly placeOf: PlaceOf;
  exists(path: string): Promise<boolean>;
  readText(path: string): Promise<string>;
  /** Where a path that the user's files name leads. */
  locate(path: string): Promise<Located>;
  /** A file that the user's files name, through links. UserError when it is not a file, or outside the project's Git root. */
  readInput(path: string): Promise<Uint8Array>;
  /**
   * The files of a folder that are published. UserError for links out of it, to folders and to nowhere, and for what is not a file.
   *
   * @param within absolute real path that the folder must be in; the project's Git root where it is left out.
   */
  published(folder: string, within?: string): Promise<Published>;
  /** One of them, judged again. */
  readPublished(folder: string, path: string): Promise<Uint8Array>;
  write(path: string, content: string | Uint8Array): Promise<void>;
  remove(path: string): Promise<void>;
  /** All files below a folder as `/`-separated relative paths, sorted, without what `.dockerignore` there leaves out when asked. */
  list(folder: string, options?: { readonly dockerignore?: string }): Promise<readonly FileEntry[]>;
  /** A new empty folder that `dispose` removes. */
  temporary(): Promise<{ readonly path: string; dispose(): Promise<void> }>;
}

/** A command of the user's file, and the folder of the project that it runs in. */
export interface TrustedCommand {
  readonly folder: string;
  readonly command: string;
}

/** What is remembered of this project; a record that cannot be relied on trusts nothing, and is left as it is. */
export type Recalled =
  | { readonly kind: "read"; readonly commands: readonly TrustedCommand[] }
  | { readonly kind: "unreadable"; readonly path: string; readonly reason: string };

/** Commands of the user's file on this machine, and who has agreed to them. */
export interface HostCommandPort {
  /** Digests that were given for this run (`--trust`). */
  readonly pinned: readonly string[];
  recall(): Promise<Recalled>;
  /** Keeps what the person agreed to, for this project alone. */
  remember(commands: readonly TrustedCommand[]): Promise<void>;
  /** Runs a command through the shell, with the variables of a short list; `onLine` gets its output. Errors: UserError with its last lines. */
  run(command: TrustedCommand, onLine: (line: string) => void): Promise<void>;
}

export interface Published {
  /** Real, absolute path. */
  readonly folder: string;
  /** `/`-separated, relative to it, sorted. */
  readonly paths: readonly string[];
}

export interface FileEntry {
  readonly path: string;
  /** POSIX mode bits that take part in an image: executable or not. */
  readonly isExecutable: boolean;
  readonly size: number;
  /** Target of a symbolic link. */
  readonly link?: string;
}

/** Processes of this machine. */
export interface ProcessPort {
  /** When a process began, as a token that no other process of its number has; undefined when there is none. */
  startOf(pid: number): Promise<string | undefined>;
}

export interface ClockPort {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
}

/**
 * What a question is about, by which the front end decides who answers it: what is made or changed in the account, a release, data
 * that would be lost, a file of the project, a command of the user's file that would run on this machine.
 */
export type QuestionKind = "infrastructure" | "release" | "data" | "file" | "host-command";

export type Question =
  | { readonly kind: Exclude<QuestionKind, "host-command">; readonly text: string }
  | {
      readonly kind: "host-command";
      readonly text: string;
      /** What is wrong where nobody can be asked: one problem for each command. */
      readonly unanswered: readonly Problem[];
    };

/** Questions to the person. Errors: UserError (2) when nobody can be asked and nothing has answered a question of this kind. */
export interface QuestionPort {
  confirm(question: Question): Promise<boolean>;
  /** True when the person typed exactly `expected`. */
  typed(question: Question, expected: string): Promise<boolean>;
}
