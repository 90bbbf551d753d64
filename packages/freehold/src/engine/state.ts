import { UserError } from "../errors.ts";

export { collectionStateKey, environmentStateKey } from "../aws/state-keys.ts";

import { listKeys } from "./bucket-keys.ts";
import { isErrorNamed } from "./error-name.ts";
import type { Ports } from "./ports.ts";

/** What a stack's state says of it. */
export type StackState<Outputs> =
  /** No state object, or one without resources: never made, or destroyed. */
  | { readonly kind: "absent" }
  /** Resources without outputs: an apply was broken off. Applying again completes it. */
  | { readonly kind: "partial" }
  | { readonly kind: "complete"; readonly outputs: Outputs };

/**
 * Reads the output `freehold` of a state (format: version 4). Law 7, fail closed: only a missing object means "not made yet";
 * anything else that keeps us from reading stops the verb.
 *
 * @param sample a key that the outputs must have: a state of something else is not taken for ours.
 */
export async function readStack<Outputs extends object>(
  bucket: string,
  key: string,
  sample: keyof Outputs & string,
  ports: Ports,
): Promise<StackState<Outputs>> {
  const text = await readObject(bucket, key, ports);
  if (text === undefined) return { kind: "absent" };
  const state = parseState(text, key);
  if (state.resources.length === 0) return { kind: "absent" };
  if (state.outputs === undefined) return { kind: "partial" };
  if (typeof state.outputs !== "object" || state.outputs === null || !(sample in state.outputs))
    throw unreadable(key, "its outputs are not ours");
  return { kind: "complete", outputs: state.outputs as Outputs };
}

async function readObject(bucket: string, key: string, ports: Ports): Promise<string | undefined> {
  try {
    const { Body } = await (await ports.aws.s3()).getObject({ Bucket: bucket, Key: key });
    return await Body?.transformToString("utf8");
  } catch (cause) {
    if (isErrorNamed(cause, "NoSuchKey", "NoSuchBucket")) return undefined;
    throw unreadable(key, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function parseState(
  text: string,
  key: string,
): { readonly resources: readonly unknown[]; readonly outputs: unknown } {
  try {
    const state = JSON.parse(text) as {
      version?: unknown;
      resources?: unknown;
      outputs?: { freehold?: { value?: unknown } };
    };
    if (state.version !== 4 || !Array.isArray(state.resources))
      throw unreadable(key, "it is no Terraform state of version 4");
    return { resources: state.resources, outputs: state.outputs?.freehold?.value };
  } catch (cause) {
    throw cause instanceof UserError ? cause : unreadable(key, "it is no JSON", cause);
  }
}

function unreadable(key: string, why: string, cause?: unknown): UserError {
  return new UserError(
    {
      code: "unreadable-state",
      subject: key,
      message: `The state cannot be read: ${why}.`,
      hint: "Nothing was changed. Check that these credentials may read the state bucket; earlier versions of the object are kept there.",
    },
    { cause },
  );
}

/** Names of the environments of a collection whose state still holds resources. */
export async function environmentsWithState(
  bucket: string,
  application: string,
  collection: string,
  ports: Ports,
): Promise<readonly string[]> {
  const prefix = `${application}/${collection}/environments/`;
  const keys = await listKeys(await ports.aws.s3(), bucket, prefix);
  const names = keys.flatMap((key) => /([^/]+)\.tfstate$/.exec(key)?.[1] ?? []);
  const states = await Promise.all(
    names.map(async (name) => [name, await readObject(bucket, `${prefix}${name}.tfstate`, ports)] as const),
  );
  return states
    .filter(([name, text]) => text !== undefined && parseState(text, name).resources.length > 0)
    .map(([name]) => name);
}
