import type { S3 } from "@aws-sdk/client-s3";
import { UserError } from "../errors.ts";
import { isErrorNamed } from "./error-name.ts";
import type { Ports } from "./ports.ts";

const prefix = "priorities/";
const blocks = 499;

/**
 * The block of 100 rule priorities that an environment owns on the collection's load balancer. Allocated once by a conditional
 * write, found again by its content: adding an environment never moves another's rules.
 */
export async function priorityBlock(bucket: string, environment: string, ports: Ports): Promise<number> {
  const s3 = await ports.aws.s3();
  const taken = await takenBlocks(s3, bucket);
  const own = [...taken].find(([, owner]) => owner === environment)?.[0];
  if (own !== undefined) return own;
  for (let block = 1; block <= blocks; block += 1) {
    if (!taken.has(block) && (await claim(s3, bucket, block, environment))) return block;
  }
  const hint = "Put some environments into another collection.";
  throw new UserError({
    code: "no-priorities",
    subject: environment,
    message: "The load balancer's rules are all taken.",
    hint,
  });
}

/** Gives the environment's block back. */
export async function freePriorityBlock(bucket: string, environment: string, ports: Ports): Promise<void> {
  const s3 = await ports.aws.s3();
  for (const [block, owner] of await takenBlocks(s3, bucket)) {
    if (owner === environment) await s3.deleteObject({ Bucket: bucket, Key: `${prefix}${block}` });
  }
}

async function takenBlocks(s3: S3, bucket: string): Promise<ReadonlyMap<number, string>> {
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: bucket, Prefix: prefix });
  const keys = Contents.flatMap((object) => object.Key ?? []);
  const entries = keys.map(async (Key) => {
    const { Body } = await s3.getObject({ Bucket: bucket, Key });
    return [Number(Key.slice(prefix.length)), (await Body?.transformToString("utf8")) ?? ""] as const;
  });
  return new Map(await Promise.all(entries));
}

async function claim(s3: S3, bucket: string, block: number, environment: string): Promise<boolean> {
  try {
    await s3.putObject({ Bucket: bucket, Key: `${prefix}${block}`, Body: environment, IfNoneMatch: "*" });
    return true;
  } catch (error) {
    if (isErrorNamed(error, "PreconditionFailed", "ConditionalRequestConflict")) return false;
    throw error;
  }
}
