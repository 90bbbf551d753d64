import { realpath } from "node:fs/promises";
import { join } from "node:path";
import type { HostCommandPort } from "../engine/ports.ts";
import { runCommand } from "./command.ts";
import { hostCommandEnvironment } from "./host-command-environment.ts";
import { stateFolder } from "./state-folder.ts";
import { addTrust, readTrust } from "./trust-file.ts";

export interface HostCommandRequest {
  /** Folder of the first Compose file, absolute. */
  readonly project: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly pinned: readonly string[];
  readonly interrupt?: AbortSignal;
}

/** Commands of a project's file on this machine; what was agreed to is kept outside of the project. */
export function createHostCommands(request: HostCommandRequest): HostCommandPort {
  const { project, environment, pinned, interrupt } = request;
  const path = join(stateFolder(environment), "trust.json");
  return {
    pinned,
    recall: async () => {
      const at = await realpath(project);
      const found = await readTrust(path, at);
      if (found.kind === "unreadable") return { ...found, path };
      return { kind: "read", commands: found.commands.filter((one) => one.project === at) };
    },
    remember: async (commands) => {
      const at = await realpath(project);
      await addTrust(
        path,
        at,
        commands.map(({ folder, command }) => ({ project: at, folder, command })),
      );
    },
    run: async ({ folder, command }, onLine) => {
      await runCommand({
        program: "/bin/sh",
        args: ["-c", command],
        folder: join(project, folder),
        environment: hostCommandEnvironment(environment),
        onLine,
        subject: command,
        ...(interrupt === undefined ? {} : { interrupt }),
      });
    },
  };
}
