import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { commandConfiguration } from "../src/ports/terraform-mirror.ts";
import { caseNames, expectedOf } from "./testing/corpus.ts";
import { rootsOf } from "./testing/roots.ts";
import { waiting } from "./testing/waiting.ts";

const folder = mkdtempSync(join(tmpdir(), "freehold-corpus-"));
const shared = join(folder, "shared");
after(() => rmSync(folder, { recursive: true }));

const run = promisify(execFile);
const configuration = await commandConfiguration(process.env["TF_CLI_CONFIG_FILE"]);

/** Every root takes the providers of the one that was initialised. */
async function terraform(root: string, ...args: readonly string[]): Promise<void> {
  const data = join(shared, ".terraform");
  const env = { ...process.env, TF_CLI_CONFIG_FILE: configuration, TF_DATA_DIR: data };
  await run("terraform", [`-chdir=${root}`, ...args, "-no-color"], { env });
}

const deployed = caseNames.filter(
  (name) => waiting[name] === undefined && expectedOf(name).errors === undefined,
);
const roots = new Map<string, string>();
for (const name of deployed)
  for (const text of await rootsOf(name, expectedOf(name).call))
    roots.set(createHash("sha256").update(text).digest("hex"), text);

test("terraform takes what each file of the corpus becomes", { concurrency: 2 }, async (context) => {
  assert.ok(deployed.length >= 40, `${deployed.length} files deploy`);
  const [first] = roots.values();
  mkdirSync(shared);
  writeFileSync(join(shared, "main.tf.json"), first ?? "");
  await terraform(shared, "init", "-backend=false", "-input=false");
  await Promise.all(
    [...roots].map(([digest, text]) =>
      context.test(`root ${digest.slice(0, 8)}`, async () => {
        const root = join(folder, digest);
        mkdirSync(root);
        writeFileSync(join(root, "main.tf.json"), text);
        copyFileSync(join(shared, ".terraform.lock.hcl"), join(root, ".terraform.lock.hcl"));
        await terraform(root, "validate");
      }),
    ),
  );
});
