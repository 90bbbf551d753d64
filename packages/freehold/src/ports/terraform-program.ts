import { UserError } from "../errors.ts";
import { runCommand } from "./command.ts";
import type { Environment } from "./environment.ts";

export interface Program {
  readonly binary: string;
  readonly version: string;
}

/** The first of Terraform and OpenTofu on the PATH that knows write-only arguments. Errors: UserError `no-terraform`. */
export async function findProgram(environment: Environment): Promise<Program> {
  const problems: string[] = [];
  for (const binary of ["terraform", "tofu"]) {
    const version = await versionOf(binary, environment);
    if (version === undefined) continue;
    if (isRecent(version)) return { binary, version };
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

export function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 1 || (major === 1 && minor >= 11);
}

async function versionOf(binary: string, environment: Environment): Promise<string | undefined> {
  try {
    const command = {
      program: binary,
      args: ["version", "-json"],
      subject: binary,
      environment: { ...environment, CHECKPOINT_DISABLE: "1" },
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
