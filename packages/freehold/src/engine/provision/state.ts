import * as z from "zod";
import type { CollectionOutputs, EnvironmentOutputs } from "../../aws/outputs.ts";
import type { UserError } from "../../errors.ts";
import { listKeys } from "../bucket-keys.ts";
import { isErrorNamed } from "../error-name.ts";
import { tellOwn } from "../outside-failure.ts";
import type { Ports } from "../ports.ts";
import { collectionOutputsSchema, environmentOutputsSchema } from "./outputs-schema.ts";

export { collectionStateKey, environmentStateKey } from "../../aws/state-keys.ts";

/** What a stack's state says of it. */
export type StackState<Outputs> =
  /** No state object, or one without resources: never made, or destroyed. */
  | { readonly kind: "absent"; readonly hasObject: boolean }
  /** Resources, but outputs are missing: an apply was broken off, or an older Freehold made it. Applying again completes it. */
  | ({ readonly kind: "partial" } & StackContents)
  | ({ readonly kind: "complete"; readonly outputs: Outputs } & StackContents);

/** Terraform addresses. */
export interface StackContents {
  readonly managed: readonly string[];
  /** Those whose making did not come to its end: Terraform would make them anew. */
  readonly tainted: readonly string[];
  /** Ids in AWS by address. */
  readonly ids: Readonly<Record<string, string>>;
}

/** What a state holds; an absent one holds nothing. */
export function contentsOf(state: StackState<unknown>): StackContents {
  return state.kind === "absent" ? { managed: [], tainted: [], ids: {} } : state;
}

/** Where a state lies. */
export interface StatePlace {
  readonly bucket: string;
  readonly key: string;
}

export function readCollectionState(place: StatePlace, ports: Ports): Promise<StackState<CollectionOutputs>> {
  return readState(place, collectionOutputsSchema, ports);
}

export function readEnvironmentState(
  place: StatePlace,
  ports: Ports,
): Promise<StackState<EnvironmentOutputs>> {
  return readState(place, environmentOutputsSchema, ports);
}

/**
 * Reads the output `freehold` of a state. Law 7, fail closed: only a missing object means "not made yet"; anything else that
 * keeps us from reading stops the verb.
 *
 * @throws UserError `unreadable-state`
 */
async function readState<Outputs>(
  { bucket, key }: StatePlace,
  schema: z.ZodType<Outputs>,
  ports: Ports,
): Promise<StackState<Outputs>> {
  const text = await readObject(bucket, key, ports);
  if (text === undefined) return { kind: "absent", hasObject: false };
  const state = parseState(text, key);
  if (state.resources.length === 0) return { kind: "absent", hasObject: true };
  const managed = state.resources.filter((one) => one.mode === "managed" && isMade(one));
  const contents = {
    managed: managed.map(addressOf).sort(),
    tainted: managed.filter(isTainted).map(addressOf).sort(),
    ids: Object.fromEntries(managed.flatMap(idOf)),
  };
  const value = state.outputs.freehold?.value;
  const outputs = schema.safeParse(value);
  if (outputs.success) return { kind: "complete", ...contents, outputs: outputs.data };
  const wrong = outputs.error.issues.find(({ path }) => at(value, path) !== undefined);
  if (wrong === undefined) return { kind: "partial", ...contents };
  const why = `its output freehold${wrong.path.map((part) => `.${String(part)}`).join("")} is none that Freehold writes`;
  throw unreadable(key, why, outputs.error);
}

/** What stands at a path of a JSON value; undefined where nothing does. */
function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, part) : undefined),
    value,
  );
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

/** Version 4, which Terraform and OpenTofu have written since 2019; only what is asked of it here. */
const stateSchema = z.object({
  version: z.literal(4),
  resources: z.array(
    z.object({
      mode: z.string().optional(),
      type: z.string().optional(),
      name: z.string().optional(),
      instances: z
        .array(
          z.object({
            status: z.string().optional(),
            deposed: z.string().optional(),
            attributes: z.object({ id: z.string().optional() }).optional(),
          }),
        )
        .default([]),
    }),
  ),
  outputs: z.object({ freehold: z.object({ value: z.unknown() }).optional() }).default({}),
});

type StateResource = z.infer<typeof stateSchema>["resources"][number];

function parseState(text: string, key: string): z.infer<typeof stateSchema> {
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw unreadable(key, "it is no Terraform state of version 4", cause);
  }
}

function addressOf({ type, name }: StateResource): string {
  return `${type}.${name}`;
}

/**
 * A state that Terraform writes in the middle of an apply names things whose making has only begun, without an instance; one that
 * is replaced leaves a deposed instance, and none that counts.
 */
function isMade({ instances }: StateResource): boolean {
  return instances.some(({ deposed }) => deposed === undefined);
}

function idOf(resource: StateResource): readonly (readonly [string, string])[] {
  const id = resource.instances.find(({ deposed }) => deposed === undefined)?.attributes?.id;
  return id === undefined ? [] : [[addressOf(resource), id]];
}

function isTainted({ instances }: StateResource): boolean {
  return instances.some((instance) => instance.status === "tainted");
}

function unreadable(key: string, why: string, cause: unknown): UserError {
  const message = `The state cannot be read: ${why}.`;
  const hint =
    "Nothing was changed. Check that these credentials may read the state bucket; earlier versions of the object are kept there.";
  return tellOwn({ code: "unreadable-state", subject: key, message, hint }, cause);
}

/** Whether a state holds no resources. Errors: as of a state that is read. */
export async function isEmptyState({ bucket, key }: StatePlace, ports: Ports): Promise<boolean> {
  const text = await readObject(bucket, key, ports);
  return text === undefined || parseState(text, key).resources.length === 0;
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
  const names = keys.flatMap((key) => /(?<![^/])([^/]+)\.tfstate$/.exec(key)?.[1] ?? []);
  const states = await Promise.all(
    names.map(
      async (name) => [name, await isEmptyState({ bucket, key: `${prefix}${name}.tfstate` }, ports)] as const,
    ),
  );
  return states.filter(([, isEmpty]) => !isEmpty).map(([name]) => name);
}
