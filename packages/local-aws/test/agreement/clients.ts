import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { CloudFront } from "@aws-sdk/client-cloudfront";
import { ECR } from "@aws-sdk/client-ecr";
import { ECS } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { ElastiCache } from "@aws-sdk/client-elasticache";
import { RDS } from "@aws-sdk/client-rds";
import { Scheduler } from "@aws-sdk/client-scheduler";
import { SQS } from "@aws-sdk/client-sqs";
import type { Instance } from "../testing/instance.ts";

const run = promisify(execFile);

/** By the `aws` command's name of the service. */
const sdk = {
  cloudfront: CloudFront,
  ecr: ECR,
  ecs: ECS,
  elasticache: ElastiCache,
  elbv2: ElasticLoadBalancingV2,
  rds: RDS,
  scheduler: Scheduler,
  sqs: SQS,
} as const;

export type ServiceName = keyof typeof sdk;

/** What a client was told: an answer, or an error by its code. */
export type Told =
  | { readonly kind: "answer"; readonly value: unknown }
  | { readonly kind: "error"; readonly code: string; readonly message: string };

/** One way to call AWS. */
export type Caller = (service: ServiceName, operation: string, input: object) => Promise<Told>;

export function sdkCaller({ client }: Instance): Caller {
  return async (service, operation, input) => {
    const sender = new sdk[service]({ ...client, maxAttempts: 1 });
    const method: unknown = Reflect.get(sender, `${operation[0]?.toLowerCase()}${operation.slice(1)}`);
    if (typeof method !== "function") throw new TypeError(`the SDK's ${service} has no ${operation}`);
    try {
      const { $metadata, ...value } = await method.call(sender, input);
      return { kind: "answer", value };
    } catch (error) {
      const { name, message } = error as Error;
      return { kind: "error", code: name, message };
    } finally {
      sender.destroy();
    }
  };
}

/** The `aws` command as a user has it: everything from the environment, times as ISO 8601. */
export function commandCaller({ client, folder }: Instance): Caller {
  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    AWS_REGION: client.region,
    AWS_DEFAULT_REGION: client.region,
    AWS_ACCESS_KEY_ID: client.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: client.credentials.secretAccessKey,
    AWS_CONFIG_FILE: `${folder}/aws-config`,
    AWS_MAX_ATTEMPTS: "1",
    AWS_PAGER: "",
  };
  return async (service, operation, input) => {
    const words = [service, kebab(operation), "--cli-input-json", JSON.stringify(input, bytesAsText)];
    // Version 1 of the command has addresses of its own for RDS and SQS, and listens to nothing else.
    const address = ["--endpoint-url", client.endpoint];
    try {
      const { stdout } = await run("aws", [...words, ...address, "--output", "json"], { env });
      return { kind: "answer", value: stdout.trim() === "" ? {} : JSON.parse(stdout) };
    } catch (error) {
      return refusal(error as Error & { readonly stderr?: string });
    }
  };
}

function refusal(error: Error & { readonly stderr?: string }): Told {
  const said = /An error occurred \((\S+)\) when calling the \w+ operation(?: \([^)]*\))?: ([\s\S]*)/;
  const [, code, message = ""] = said.exec(error.stderr ?? "") ?? [];
  if (code === undefined) throw error;
  return { kind: "error", code, message: message.trim() };
}

/** The command takes text where the SDK takes bytes. */
function bytesAsText(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : value;
}

/** `CreateDBInstance` → `create-db-instance`. */
function kebab(operation: string): string {
  return operation
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}
