import { address, type Block, type BlockKind } from "./block.ts";
import { providerSource, providerVersion, requiredVersion } from "./provider.ts";
import { type Json, renderValue } from "./render-value.ts";
import type { Stack } from "./stack.ts";

/** Two blocks of one address: a fault of ours in naming them. */
export class DuplicateAddressError extends Error {
  override readonly name = "DuplicateAddressError";
}

/** The text of `main.tf.json`: sorted, so that the same stack gives the same bytes. Errors: DuplicateAddressError. */
export function renderStack(stack: Stack): string {
  const root = withoutEmpty({
    terraform: {
      backend: { s3: { ...stack.backend, encrypt: true, use_lockfile: true } },
      required_providers: { aws: { source: providerSource, version: `= ${providerVersion}` } },
      required_version: requiredVersion,
    },
    provider: { aws: renderProviders(stack) },
    data: renderBlocks(stack, "data"),
    ephemeral: renderBlocks(stack, "ephemeral"),
    resource: renderBlocks(stack, "resource"),
    import: [...stack.imports]
      .sort((a, b) => (a.to < b.to ? -1 : 1))
      .map(({ to, id }) => ({ to, id: renderValue(id) })),
    output: Object.fromEntries(
      Object.entries(stack.outputs).map(([name, value]) => [name, { value: renderValue(value) }]),
    ),
  });
  return `${JSON.stringify(sorted(root), null, 2)}\n`;
}

function renderProviders({ provider, blocks }: Stack): readonly Json[] {
  const regional = {
    region: provider.region,
    allowed_account_ids: [provider.account],
    default_tags: { tags: renderValue(provider.tags) },
  };
  const isUsed = blocks.some((block) => block.provider === "us_east_1");
  return isUsed ? [regional, { ...regional, alias: "us_east_1", region: "us-east-1" }] : [regional];
}

function renderBlocks({ blocks }: Stack, kind: BlockKind): Json {
  const byType = Map.groupBy(
    blocks.filter((block) => block.kind === kind),
    (block) => block.type,
  );
  return Object.fromEntries([...byType].map(([type, ofType]) => [type, renderByName(ofType)]));
}

function renderByName(blocks: readonly Block[]): Json {
  const byName = new Map<string, Json>();
  for (const block of blocks) {
    if (byName.has(block.name)) throw new DuplicateAddressError(`${address(block)} is there twice`);
    byName.set(block.name, renderBlock(block));
  }
  return Object.fromEntries(byName);
}

function renderBlock({ args, lifecycle, dependsOn, provider }: Block): Json {
  return {
    ...Object.fromEntries(Object.entries(args).map(([name, value]) => [name, renderValue(value)])),
    ...withoutEmpty({
      lifecycle: withoutEmpty({
        create_before_destroy: lifecycle?.createBeforeDestroy ?? null,
        prevent_destroy: lifecycle?.preventDestroy ?? null,
        ignore_changes: lifecycle?.ignoreChanges ?? [],
      }),
      depends_on: (dependsOn ?? []).map(address).sort(),
      provider: provider === undefined ? null : `aws.${provider}`,
    }),
  };
}

function withoutEmpty(record: Readonly<Record<string, Json>>): { readonly [key: string]: Json } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: Json): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

/** Terraform pays no heed to the order of keys; the reader of a difference does. Lists keep theirs. */
function sorted(value: Json): Json {
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
