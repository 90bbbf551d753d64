import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandConfiguration } from "../packages/freehold/src/ports/terraform-mirror.ts";
import { providerSource, providerVersion } from "../packages/freehold/src/terraform/provider.ts";
import { type BlockSchema, type ProviderSchema, renderTypes } from "./generate-resources/render-types.ts";
import { dataTypes, ephemeralTypes, resourceTypes } from "./generate-resources/types-in-use.ts";

const target = join(import.meta.dirname, "../packages/freehold/src/terraform/resources.gen.ts");

/** Writes the argument types of the resources in use from the provider's own schema; `--check` compares instead. */
async function main(): Promise<void> {
  const provider = readSchema(await commandConfiguration(process.env["TF_CLI_CONFIG_FILE"]));
  const text = renderTypes([
    { title: "ResourceTypes", schemas: pick(provider.resource_schemas, resourceTypes) },
    { title: "DataTypes", schemas: pick(provider.data_source_schemas, dataTypes) },
    { title: "EphemeralTypes", schemas: pick(provider.ephemeral_resource_schemas, ephemeralTypes) },
  ]);
  if (!process.argv.includes("--check")) {
    writeFileSync(target, text);
  } else if (readFileSync(target, "utf8") !== text) {
    console.error(`${target} is out of date; run: node scripts/generate-resources.ts`);
    process.exitCode = 1;
  }
}

function readSchema(configuration: string): ProviderSchema {
  const folder = mkdtempSync(join(tmpdir(), "freehold-schema-"));
  try {
    const required = { aws: { source: providerSource, version: providerVersion } };
    writeFileSync(
      join(folder, "main.tf.json"),
      JSON.stringify({ terraform: { required_providers: required } }),
    );
    const terraform = (...args: readonly string[]) =>
      execFileSync("terraform", [`-chdir=${folder}`, ...args], {
        env: { ...process.env, TF_CLI_CONFIG_FILE: configuration },
        maxBuffer: 256 * 1024 * 1024,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      });
    terraform("init", "-input=false", "-no-color");
    const all: { provider_schemas: Record<string, ProviderSchema> } = JSON.parse(
      terraform("providers", "schema", "-json"),
    );
    const [provider] = Object.values(all.provider_schemas);
    if (provider === undefined) throw new TypeError("terraform printed no provider's schema");
    return provider;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pick(
  schemas: Readonly<Record<string, { readonly block: BlockSchema }>>,
  names: readonly string[],
): ReadonlyMap<string, BlockSchema> {
  const picked = new Map<string, BlockSchema>();
  for (const name of [...names].sort()) {
    const found = schemas[name];
    if (found === undefined) throw new TypeError(`the provider has no ${name}`);
    picked.set(name, found.block);
  }
  return picked;
}

await main();
