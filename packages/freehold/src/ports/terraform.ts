import { access, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { OnLine, ProcessPort, TerraformPort } from "../engine/ports.ts";
import { cacheFolder } from "./cache-folder.ts";
import { runCommand } from "./command.ts";
import type { Environment, Environments } from "./environment.ts";
import { runLasting } from "./lasting-command.ts";
import { explained } from "./terraform-failure.ts";
import { commandConfiguration } from "./terraform-mirror.ts";
import { findProgram, type Program } from "./terraform-program.ts";
import { createTranscript } from "./terraform-transcript.ts";

export interface TerraformRequest {
  readonly environments: Pick<Environments, "plain" | "terraform" | "terraformInit">;
  /** Of this process: its plans bear it. */
  readonly pid: number;
  readonly processes: ProcessPort;
  /** When aborted, what runs is asked to stop and waited for, so that its state is written. */
  readonly interrupt?: AbortSignal;
}

/**
 * Terraform or OpenTofu by its command line (https://developer.hashicorp.com/terraform/internals/machine-readable-ui). It
 * outlives this process: an apply whose `freehold` is killed goes on to its end and writes its state.
 */
export function createTerraform(request: TerraformRequest): TerraformPort {
  const { plain, terraform, terraformInit } = request.environments;
  let found: Promise<Program> | undefined;
  const version = () => {
    found ??= findProgram(plain);
    return found;
  };
  const run: Run = async (folder, verb, args, extra = {}) => {
    const { binary } = await version();
    const transcript = createTranscript(join(folder, `${verb}.log`));
    const subject = `${binary} ${verb}`;
    await runLasting({
      program: binary,
      args: [`-chdir=${folder}`, verb, ...args],
      subject,
      log: transcript.path,
      environment: await surroundings(verb === "init" ? terraformInit : terraform),
      onLine: (line) => transcript.line(line, extra.onLine),
      ...(extra.onStart === undefined ? {} : { onStart: extra.onStart }),
      ...(request.interrupt === undefined ? {} : { interrupt: request.interrupt }),
    }).catch((error: unknown) => {
      throw explained(error, transcript, subject);
    });
  };
  const planFile = `plan-${request.pid}.bin`;
  return {
    version,
    init: (folder) => init(folder, run),
    plan: async (folder, options) => {
      await removeDeadPlans(folder, request.processes);
      const destroy = options.destroy === true ? ["-destroy"] : [];
      const targets = (options.targets ?? []).map((target) => `-target=${target}`);
      // Reading needs no lock: whoever applies holds a lease, and Terraform refuses to apply a plan that is out of date.
      const args = ["-json", "-input=false", "-lock=false", `-out=${planFile}`, ...destroy, ...targets];
      await run(folder, "plan", args, options);
      return show(folder, planFile, (await version()).binary, plain);
    },
    untaint: async (folder, address, options) => {
      await run(folder, "untaint", ["-lock-timeout=30s", "-no-color", address], options);
    },
    apply: async (folder, options) => {
      await run(folder, "apply", ["-json", "-input=false", "-lock-timeout=30s", planFile], options);
    },
  };
}

/** Each process has a plan of its own, for one that was killed may leave a Terraform that still writes one. */
async function removeDeadPlans(folder: string, processes: ProcessPort): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = /^plan-(\d+)\.bin$/.exec(name)?.[1];
    const isDead = pid !== undefined && (await processes.startOf(Number(pid))) === undefined;
    if (isDead) await rm(join(folder, name), { force: true });
  }
}

/** The plan as JSON, which is written down nowhere. */
async function show(folder: string, planFile: string, binary: string, plain: Environment): Promise<unknown> {
  const args = [`-chdir=${folder}`, "show", "-json", planFile];
  const environment = { ...plain, CHECKPOINT_DISABLE: "1" };
  return JSON.parse(await runCommand({ program: binary, args, subject: `${binary} show`, environment }));
}

interface RunExtra {
  readonly onLine?: OnLine;
  readonly onStart?: (pid: number) => Promise<void>;
}

type Run = (folder: string, verb: string, args: readonly string[], extra?: RunExtra) => Promise<void>;

async function init(folder: string, run: Run): Promise<void> {
  if (await isInitialised(folder)) return;
  await run(folder, "init", ["-input=false", "-no-color", "-reconfigure"]);
  await mkdir(join(folder, ".terraform"), { recursive: true });
  await writeFile(join(folder, ".terraform", "initialised"), await settingsOf(folder));
}

/** Whether the last `init` of this folder was for the same providers and backend, and the provider is still there. */
async function isInitialised(folder: string): Promise<boolean> {
  const marker = join(folder, ".terraform", "initialised");
  const before = await readFile(marker, "utf8").catch(() => undefined);
  return before !== undefined && before === (await settingsOf(folder)) && (await hasProviders(folder));
}

/** Providers are links into a cache that may have been emptied. */
async function hasProviders(folder: string): Promise<boolean> {
  const providers = join(folder, ".terraform", "providers");
  const entries = await readdir(providers, { recursive: true, withFileTypes: true }).catch(() => []);
  const links = entries.filter((entry) => entry.isSymbolicLink());
  const found = await Promise.all(links.map((link) => isThere(join(link.parentPath, link.name))));
  return found.every((one) => one);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function settingsOf(folder: string): Promise<string> {
  const root: unknown = JSON.parse(await readFile(join(folder, "main.tf.json"), "utf8"));
  const terraform = typeof root === "object" && root !== null && "terraform" in root ? root.terraform : {};
  return JSON.stringify(terraform);
}

/** https://developer.hashicorp.com/terraform/cli/config/environment-variables */
async function surroundings(environment: Environment): Promise<Environment> {
  const cache = cacheFolder(environment);
  const plugins = join(cache, "terraform-plugins");
  await mkdir(plugins, { recursive: true });
  return {
    ...environment,
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    TF_PLUGIN_CACHE_DIR: plugins,
    // Each stack's folder is new to Terraform; without this it would fetch the provider anew for each.
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
    TF_CLI_CONFIG_FILE: await commandConfiguration(environment["TF_CLI_CONFIG_FILE"], cache),
  };
}
