import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { OnLine, ProcessPort, StackFolder, TerraformPort } from "../engine/ports.ts";
import { runCommand } from "./command.ts";
import type { Environment, Environments } from "./environment.ts";
import { runLasting } from "./lasting-command.ts";
import { ownFolder } from "./own-folder.ts";
import { markOf } from "./run-mark.ts";
import { dataFolder, initialise } from "./terraform-data.ts";
import { explained } from "./terraform-failure.ts";
import { commandConfiguration } from "./terraform-mirror.ts";
import { findProgram, type Program } from "./terraform-program.ts";
import { createTranscript } from "./terraform-transcript.ts";
import { cacheHome } from "./user-folders.ts";
import { startedPrefix } from "./work.ts";

export interface TerraformRequest {
  readonly environments: Pick<Environments, "plain" | "terraform" | "terraformInit">;
  /** Real path of the project, or of the repository around it: no configuration of Terraform's is read there. */
  readonly root: string;
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
  const surroundings = async (folder: StackFolder, base: Environment, data?: string) => ({
    ...base,
    ...(await settings(base, request.root)),
    TF_DATA_DIR: data ?? (await dataFolder(folder, (await version()).version)),
  });
  const run: Run = async (folder, verb, args, extra = {}) => {
    const { binary } = await version();
    const transcript = createTranscript(join(folder.run, `${verb}.log`));
    const subject = `${binary} ${verb}`;
    await runLasting({
      program: binary,
      args: [`-chdir=${folder.run}`, verb, ...args],
      subject,
      folder: folder.run,
      log: transcript.path,
      environment: await surroundings(folder, verb === "init" ? terraformInit : terraform, extra.data),
      onLine: (line) => transcript.line(line, extra.onLine),
      onStart: async (pid) => {
        // The folder is another run's to remove only once this one has ended as well.
        await writeFile(join(folder.run, `${startedPrefix}${await markOf(pid, request.processes)}`), "");
        await extra.onStart?.(pid);
      },
      ...(request.interrupt === undefined ? {} : { interrupt: request.interrupt }),
    }).catch((error: unknown) => {
      throw explained(error, transcript, subject);
    });
  };
  return {
    version,
    init: async (folder) => {
      const data = await dataFolder(folder, (await version()).version);
      await initialise(folder, data, (part) =>
        run(folder, "init", ["-input=false", "-no-color", "-reconfigure"], { data: part }),
      );
    },
    plan: async (folder, options) => {
      const destroy = options.destroy === true ? ["-destroy"] : [];
      const targets = (options.targets ?? []).map((target) => `-target=${target}`);
      // Reading needs no lock: whoever applies holds a lease, and Terraform refuses to apply a plan that is out of date.
      const args = ["-json", "-input=false", "-lock=false", `-out=${planFile}`, ...destroy, ...targets];
      await run(folder, "plan", args, options);
      return show(folder, (await version()).binary, await surroundings(folder, plain));
    },
    untaint: async (folder, address, options) => {
      await run(folder, "untaint", ["-lock-timeout=30s", "-no-color", address], options);
    },
    apply: async (folder, options) => {
      await run(folder, "apply", ["-json", "-input=false", "-lock-timeout=30s", planFile], options);
    },
  };
}

const planFile = "plan.bin";

/** The plan as JSON, which is written down nowhere. */
async function show({ run }: StackFolder, binary: string, environment: Environment): Promise<unknown> {
  const args = [`-chdir=${run}`, "show", "-json", planFile];
  const command = { program: binary, args, subject: `${binary} show`, folder: run, environment };
  return JSON.parse(await runCommand(command));
}

interface RunExtra {
  readonly onLine?: OnLine;
  readonly onStart?: (pid: number) => Promise<void>;
  /** Folder for Terraform's data, where it is not the stack's. */
  readonly data?: string;
}

type Run = (folder: StackFolder, verb: string, args: readonly string[], extra?: RunExtra) => Promise<void>;

/** https://developer.hashicorp.com/terraform/cli/config/environment-variables */
async function settings(environment: Environment, root: string): Promise<Environment> {
  const home = cacheHome(environment);
  const cache = await ownFolder(home, ["freehold"]);
  return {
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    TF_PLUGIN_CACHE_DIR: await ownFolder(home, ["freehold", "terraform-plugins"]),
    // Each stack's folder is new to Terraform; without this it would fetch the provider anew for each.
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
    TF_CLI_CONFIG_FILE: await commandConfiguration(environment["TF_CLI_CONFIG_FILE"], { cache, root }),
  };
}
