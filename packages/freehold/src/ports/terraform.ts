import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { OnLine, TerraformPort } from "../engine/ports.ts";
import { UserError } from "../errors.ts";
import { runCommand } from "./command.ts";
import { commandConfiguration } from "./terraform-mirror.ts";
import { createTranscript, type Transcript } from "./terraform-transcript.ts";

interface Program {
  readonly binary: string;
  readonly version: string;
}

/** Terraform or OpenTofu by its command line (https://developer.hashicorp.com/terraform/internals/machine-readable-ui). */
export function createTerraform(environment: Readonly<Record<string, string | undefined>>): TerraformPort {
  let found: Promise<Program> | undefined;
  const version = () => {
    found ??= findProgram();
    return found;
  };
  const run = async (folder: string, verb: string, args: readonly string[], extra: RunExtra = {}) => {
    const { binary } = await version();
    const transcript = createTranscript(folder, verb);
    try {
      return await runCommand({
        program: binary,
        args: [`-chdir=${folder}`, verb, ...args],
        subject: `${binary} ${verb}`,
        environment: await surroundings(environment),
        onLine: (line) => transcript.line(line, extra.onLine),
        ...(extra.onPid === undefined ? {} : { onPid: extra.onPid }),
      });
    } catch (error) {
      throw await explained(error, transcript, `${binary} ${verb}`);
    } finally {
      await transcript.close();
    }
  };
  return {
    version,
    init: async (folder) => {
      if (await isInitialised(folder)) return;
      await run(folder, "init", ["-input=false", "-no-color", "-reconfigure"]);
      await mkdir(join(folder, ".terraform"), { recursive: true });
      await writeFile(join(folder, ".terraform", "initialised"), await backendOf(folder));
    },
    plan: async (folder, options) => {
      const destroy = options.destroy === true ? ["-destroy"] : [];
      await run(
        folder,
        "plan",
        ["-json", "-input=false", "-lock-timeout=30s", "-out=plan.bin", ...destroy],
        options,
      );
      const { binary } = await version();
      const args = [`-chdir=${folder}`, "show", "-json", "plan.bin"];
      const shown = await runCommand({
        program: binary,
        args,
        subject: `${binary} show`,
        environment: await surroundings(environment),
      });
      return JSON.parse(shown) as unknown;
    },
    apply: async (folder, options) => {
      await run(folder, "apply", ["-json", "-input=false", "-lock-timeout=30s", "plan.bin"], options);
    },
  };
}

interface RunExtra {
  readonly onLine?: OnLine;
  readonly onPid?: (pid: number) => void;
}

async function explained(error: unknown, transcript: Transcript, subject: string): Promise<unknown> {
  const diagnostics = transcript.diagnostics();
  if (!(error instanceof UserError) || diagnostics.length === 0) return error;
  const message = [
    `${subject} failed:`,
    ...diagnostics.map((text) => `  ${text.replaceAll("\n", "\n  ")}`),
  ].join("\n");
  const hint = `The whole output is in ${transcript.path}. What was done stands; run the same command again.`;
  return new UserError({ code: "terraform-failed", subject, message, hint }, { cause: error });
}

async function surroundings(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Record<string, string>> {
  const cache = join(
    environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
    "freehold",
    "terraform-plugins",
  );
  await mkdir(cache, { recursive: true });
  return {
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    TF_PLUGIN_CACHE_DIR: cache,
    TF_CLI_CONFIG_FILE: await commandConfiguration(environment["TF_CLI_CONFIG_FILE"]),
  };
}

/** Whether the last `init` of this folder was for the same providers and backend, and the provider is still there. */
async function isInitialised(folder: string): Promise<boolean> {
  const before = await readFile(join(folder, ".terraform", "initialised"), "utf8").catch(() => undefined);
  return before !== undefined && before === (await backendOf(folder));
}

async function backendOf(folder: string): Promise<string> {
  const root: unknown = JSON.parse(await readFile(join(folder, "main.tf.json"), "utf8"));
  const terraform = typeof root === "object" && root !== null && "terraform" in root ? root.terraform : {};
  return JSON.stringify(terraform);
}

async function findProgram(): Promise<Program> {
  const problems: string[] = [];
  for (const binary of ["terraform", "tofu"]) {
    const version = await versionOf(binary);
    if (version === undefined) continue;
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (major > 1 || (major === 1 && minor >= 11)) return { binary, version };
    problems.push(`${binary} ${version} is too old`);
  }
  const found = problems.length === 0 ? "neither terraform nor tofu is on the PATH" : problems.join(", ");
  throw new UserError({
    code: "no-terraform",
    subject: "terraform",
    message: `Terraform or OpenTofu 1.11 or newer is needed (for write-only arguments): ${found}.`,
    hint: "Install it from https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install.",
  });
}

async function versionOf(binary: string): Promise<string | undefined> {
  try {
    const command = {
      program: binary,
      args: ["version", "-json"],
      subject: binary,
      environment: { CHECKPOINT_DISABLE: "1" },
    };
    const shown: unknown = JSON.parse(await runCommand(command));
    return typeof shown === "object" && shown !== null && "terraform_version" in shown
      ? String(shown.terraform_version)
      : undefined;
  } catch (error) {
    if (error instanceof UserError && error.problems[0]?.code === "missing-program") return undefined;
    throw error;
  }
}
