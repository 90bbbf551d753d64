import type { S3 } from "@aws-sdk/client-s3";
import { UserError } from "../../errors.ts";
import { atMost } from "../at-most.ts";
import { listKeys } from "../bucket-keys.ts";
import { isErrorNamed } from "../error-name.ts";
import type { Ports } from "../ports.ts";

/*
 * An environment owns a block of 100 rule priorities on the collection's load balancer: the number of an object whose content
 * names the environment. It is allocated once, so adding an environment never moves another's rules.
 */

const prefix = "priorities/";
const blocks = 499;

/** The environment's block, or the one it would be given now. Changes nothing. */
export async function expectedPriorityBlock(
  bucket: string,
  environment: string,
  ports: Ports,
): Promise<number> {
  const taken = await takenBlocks(await ports.aws.s3(), bucket);
  return blockOf(environment, taken) ?? firstFree(environment, taken);
}

/** The environment's block, allocated by a conditional write where it has none. Errors: UserError `no-priorities`. */
export async function claimPriorityBlock(bucket: string, environment: string, ports: Ports): Promise<number> {
  const s3 = await ports.aws.s3();
  const taken = new Map(await takenBlocks(s3, bucket));
  const own = blockOf(environment, taken);
  if (own !== undefined) return own;
  for (;;) {
    const block = firstFree(environment, taken);
    if (await claim(s3, bucket, block, environment)) return block;
    taken.set(block, "another");
  }
}

/** Gives the environment's block back. */
export async function freePriorityBlock(bucket: string, environment: string, ports: Ports): Promise<void> {
  const s3 = await ports.aws.s3();
  for (const [block, owner] of await takenBlocks(s3, bucket)) {
    if (owner === environment) await s3.deleteObject({ Bucket: bucket, Key: `${prefix}${block}` });
  }
}

async function takenBlocks(s3: S3, bucket: string): Promise<ReadonlyMap<number, string>> {
  const entries = await atMost(8, await listKeys(s3, bucket, prefix), async (Key) => {
    const { Body } = await s3.getObject({ Bucket: bucket, Key });
    return [Number(Key.slice(prefix.length)), (await Body?.transformToString("utf8")) ?? ""] as const;
  });
  return new Map(entries);
}

function blockOf(environment: string, taken: ReadonlyMap<number, string>): number | undefined {
  return [...taken].find(([, owner]) => owner === environment)?.[0];
}

function firstFree(environment: string, taken: ReadonlyMap<number, string>): number {
  for (let block = 1; block <= blocks; block += 1) if (!taken.has(block)) return block;
  throw new UserError({
    code: "no-priorities",
    subject: environment,
    message: "The load balancer's rules are all taken.",
    hint: "Put some environments into another collection.",
  });
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
