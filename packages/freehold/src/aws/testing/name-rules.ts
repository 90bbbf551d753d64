/** What AWS says of a name that we choose. */
export interface NameRule {
  /** The argument of Terraform that holds it. */
  readonly argument: string;
  readonly max: number;
  readonly alphabet: RegExp;
  /** How it may not look although its letters are right. */
  readonly never?: RegExp;
  /** What it must be unique in, where that is less than an account's region. */
  readonly within?: "its owner" | "the network" | "the namespace";
}

const wordy = /^[A-Za-z0-9_-]+$/;
/** A letter first, single hyphens between letters and digits. */
const hyphened = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/i;
const balanced = { argument: "name", max: 32, alphabet: hyphened, never: /^internal-/ };
const named = (max: number, alphabet: RegExp): NameRule => ({ argument: "name", max, alphabet });

/**
 * By type of resource, from the operations' references of each API (`Create…`: "Length Constraints", "Pattern"). Written here anew,
 * so that a slip in `names.ts` is seen.
 */
export const nameRules: Readonly<Record<string, readonly NameRule[]>> = {
  aws_cloudfront_function: [named(64, wordy)],
  aws_cloudfront_key_value_store: [named(64, wordy)],
  aws_cloudfront_origin_access_control: [named(64, wordy)],
  aws_cloudfront_vpc_origin: [],
  aws_cloudwatch_log_group: [named(512, /^[.\-_/#A-Za-z0-9]+$/)],
  aws_db_instance: [
    { argument: "identifier", max: 63, alphabet: hyphened },
    { argument: "final_snapshot_identifier", max: 255, alphabet: hyphened },
  ],
  aws_db_parameter_group: [named(255, hyphened)],
  aws_db_subnet_group: [named(255, /^[a-z0-9._ -]+$/)],
  aws_ecr_repository: [named(256, /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/)],
  aws_ecs_cluster: [named(255, wordy)],
  aws_ecs_service: [named(255, wordy)],
  aws_ecs_task_definition: [{ argument: "family", max: 255, alphabet: wordy }],
  aws_efs_file_system: [{ argument: "creation_token", max: 64, alphabet: /^.+$/ }],
  aws_elasticache_replication_group: [{ argument: "replication_group_id", max: 40, alphabet: hyphened }],
  aws_elasticache_subnet_group: [named(255, hyphened)],
  aws_iam_role: [named(64, /^[\w+=,.@-]+$/)],
  aws_iam_role_policy: [{ ...named(128, /^[\w+=,.@-]+$/), within: "its owner" }],
  aws_lb: [balanced],
  aws_lb_target_group: [balanced],
  aws_s3_bucket: [
    {
      argument: "bucket",
      max: 63,
      alphabet: /^[a-z0-9][a-z0-9-]+[a-z0-9]$/,
      never: /^(?:xn--|sthree-)|-s3alias$/,
    },
  ],
  aws_scheduler_schedule: [named(64, /^[0-9a-zA-Z._-]+$/)],
  aws_scheduler_schedule_group: [named(64, /^[0-9a-zA-Z._-]+$/)],
  aws_secretsmanager_secret: [
    { argument: "name", max: 512, alphabet: /^[A-Za-z0-9/_+=.@-]+$/, never: /-[A-Za-z0-9]{6}$/ },
  ],
  aws_security_group: [
    { argument: "name", max: 255, alphabet: /^[a-zA-Z0-9 ._:/()#,@[\]+=&;{}!$*-]+$/, never: /^sg-/ },
  ],
  aws_service_discovery_http_namespace: [named(1024, /^[!-~]+$/)],
  aws_service_discovery_private_dns_namespace: [
    { ...named(253, /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/), within: "the network" },
  ],
  aws_service_discovery_service: [
    { ...named(127, /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/), within: "the namespace" },
  ],
  aws_sqs_queue: [named(80, /^[A-Za-z0-9_-]+(?:\.fifo)?$/)],
};

/** Arguments that would be a name if a type without a rule had them. */
export const nameArguments: readonly string[] = ["name", "bucket", "identifier", "family"];
