import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { commandConfiguration } from "../../../freehold/src/ports/terraform-mirror.ts";

const run = promisify(execFile);

/** A Terraform root in a folder of its own, pointed at an endpoint as any user would; a failure shows Terraform's output. */
export interface TerraformRoot {
  readonly folder: string;
  /** Writes the root and initialises it. */
  begin(content: object): Promise<void>;
  /** Writes the root, applies it, and sees that the plan after it is empty. */
  apply(content: object): Promise<void>;
  planIsEmpty(): Promise<void>;
  destroy(): Promise<void>;
  /** Removes the folder. */
  close(): Promise<void>;
}

export async function openTerraformRoot(endpoint: string): Promise<TerraformRoot> {
  const folder = await mkdtemp(join(tmpdir(), "local-aws-terraform-"));
  const env = {
    ...process.env,
    TF_CLI_CONFIG_FILE: await commandConfiguration(process.env["TF_CLI_CONFIG_FILE"]),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  const terraform = async (...args: readonly string[]): Promise<void> => {
    const options = { cwd: folder, env, maxBuffer: 2 ** 26 };
    await run("terraform", [...args, "-input=false", "-no-color"], options).catch(
      (error: { readonly stdout: string; readonly stderr: string }) =>
        assert.fail(`terraform ${args.join(" ")}\n${error.stdout}${error.stderr}`),
    );
  };
  const write = (content: object) => writeFile(join(folder, "main.tf.json"), JSON.stringify(content));
  // 2 would be changes pending: any exit code but 0 is a failure here.
  const planIsEmpty = () => terraform("plan", "-detailed-exitcode");
  return {
    folder,
    planIsEmpty,
    begin: async (content) => {
      await write(content);
      await terraform("init");
    },
    apply: async (content) => {
      await write(content);
      await terraform("apply", "-auto-approve");
      await planIsEmpty();
    },
    destroy: () => terraform("destroy", "-auto-approve"),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Provider settings of these tests' roots: the region, and tags on everything. */
export const awsProvider = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
  provider: {
    aws: {
      region: "us-east-1",
      skip_metadata_api_check: true,
      default_tags: [{ tags: { Application: "shop" } }],
    },
  },
};
