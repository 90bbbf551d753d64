import { readFile } from "node:fs/promises";
import { platform } from "node:os";
import { execa } from "execa";
import type { ProcessPort } from "../engine/ports.ts";
import type { Environment } from "./environment.ts";

/** The processes of this machine; `system` as Node names it. */
export function createProcesses(environment: Environment, system: string = platform()): ProcessPort {
  return { startOf: system === "linux" ? startInProc : (pid) => startByPs(pid, environment) };
}

/** States of a process that has ended, and whose parent has not asked for its exit code. */
const ended: readonly string[] = ["Z", "X"];

/**
 * Clock ticks from the machine's start to the process's (field 22), which no other process of that number can have, and
 * which start of the machine it was: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html.
 */
async function startInProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The program's name stands in brackets, and may hold brackets and spaces itself.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  const [state = "Z"] = fields;
  const ticks = fields[19];
  if (ticks === undefined || ended.includes(state)) return undefined;
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  return `${boot.trim()}/${ticks}`;
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/ps.html; `lstart` is told by the BSDs and macOS. */
async function startByPs(pid: number, environment: Environment): Promise<string | undefined> {
  const env = { ...environment, LC_ALL: "C", TZ: "UTC" };
  const options = { reject: false, cwd: "/", env, extendEnv: false } as const;
  const { stdout, failed } = await execa("ps", ["-o", "stat=", "-o", "lstart=", "-p", String(pid)], options);
  const [state = "Z", ...start] = stdout.trim().split(/\s+/);
  return failed || start.length === 0 || ended.includes(state.charAt(0)) ? undefined : start.join(" ");
}
