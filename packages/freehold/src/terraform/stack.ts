import type { Block } from "./block.ts";
import type { Value } from "./expression.ts";

/** One Terraform root with a state of its own. */
export interface Stack {
  readonly blocks: readonly Block[];
  readonly outputs: Readonly<Record<string, Value>>;
  readonly backend: Backend;
  readonly provider: Provider;
  readonly imports: readonly Import[];
}

/** An S3 bucket (https://developer.hashicorp.com/terraform/language/backend/s3), locked by its own lock file. */
interface Backend {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
}

interface Provider {
  readonly region: string;
  /** The only account that may be touched. */
  readonly account: string;
  /** On everything that can bear tags. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A thing that exists already and is to be taken into the state. */
export interface Import {
  /** Terraform address: `aws_secretsmanager_secret.environment`. */
  readonly to: string;
  readonly id: string;
}
