import { createHash } from "node:crypto";
import type { Environment } from "../../app/application.ts";
import { describeHostCommand, type HostCommand, hostCommands } from "../../app/host-command.ts";
import { type Problem, UserError } from "../../errors.ts";
import type { Emit } from "../events.ts";
import type { FilesPort, HostCommandPort, Ports, Question, Recalled, TrustedCommand } from "../ports.ts";

/**
 * What `--trust` pins: SHA-256 over the folder and the exact command, hexadecimal. The place of the project is not part of it, so that
 * a pin holds on every machine.
 */
export function hostCommandDigest({ folder, command }: TrustedCommand): string {
  // Whole, for whoever writes the file could search for two commands of the same short digest.
  return createHash("sha256")
    .update(JSON.stringify([folder, command]))
    .digest("hex");
}

/** Reports every command that runs on this machine; runs none. */
export function tellHostCommands(environment: Environment, emit: Emit): void {
  for (const one of hostCommands(environment))
    emit({ type: "host-command", ...one, digest: hostCommandDigest(one) });
}

/**
 * Sees to it that each command of the file which an `up` would run on this machine is agreed to: pinned by `--trust`, agreed to
 * earlier in this project, or now. `--yes` agrees to none.
 *
 * @throws UserError `unknown-digest` (2) when a pin belongs to no command, `host-command` (2) when nobody can be asked,
 *   `declined` (130) when the person says no.
 */
export async function demandConsent(
  environment: Pick<Environment, "services">,
  ports: Ports,
  emit: Emit,
): Promise<void> {
  const commands = hostCommands(environment);
  const unpinned = withoutPinned(commands, ports.hostCommands);
  if (unpinned.length === 0) return;
  const recalled = await ports.hostCommands.recall();
  if (recalled.kind === "unreadable")
    emit({ type: "note", subject: recalled.path, message: `${recalled.reason}; ${forgotten}` });
  const open = unpinned.filter((one) => !isRecalled(one, recalled));
  if (open.length === 0) return;
  if (!(await ports.questions.confirm(questionOf(open, ports.files)))) throw declined();
  if (recalled.kind === "read") await ports.hostCommands.remember(open);
}

function withoutPinned(
  commands: readonly HostCommand[],
  { pinned }: HostCommandPort,
): readonly HostCommand[] {
  demandPins(commands, pinned);
  return commands.filter((one) => !pinned.includes(hostCommandDigest(one)));
}

function isRecalled({ folder, command }: HostCommand, recalled: Recalled): boolean {
  return (
    recalled.kind === "read" &&
    recalled.commands.some((one) => one.folder === folder && one.command === command)
  );
}

const forgotten =
  "no command is trusted by it, and an answer is not remembered until it is repaired or removed";

/** A pin that fits nothing was made for another command: somebody has changed it since. */
function demandPins(commands: readonly HostCommand[], pinned: readonly string[]): void {
  const known = commands.map(hostCommandDigest);
  const unknown = pinned.filter((one) => !known.includes(one));
  if (unknown.length === 0) return;
  const hint =
    commands.length === 0
      ? "No command of the file runs on this machine: leave `--trust` out."
      : "Read the command; where it is meant, pin the digest it has now.";
  const output = commands.map((one) => `${describeHostCommand(one)}: ${hostCommandDigest(one)}`);
  throw new UserError(
    unknown.map((digest) => ({
      code: "unknown-digest",
      subject: "--trust",
      message: `\`${digest}\` is not the digest of a command of this file.`,
      hint,
      ...(output.length === 0 ? {} : { output }),
    })),
    { exitCode: 2 },
  );
}

function questionOf(open: readonly HostCommand[], files: FilesPort): Question {
  const lines = open.map((one) => `  ${one.site}: ${describeHostCommand(one)}`);
  const which = open.length === 1 ? "A command of the file" : `${open.length} commands of the file`;
  const those = open.length === 1 ? "it" : "them";
  const text = [
    `${which}, with your rights:`,
    ...lines,
    `Run ${those}, now and in later runs in this project?`,
  ];
  return {
    kind: "host-command",
    text: text.join("\n"),
    unanswered: open.map((one) => unansweredOf(one, files)),
  };
}

function unansweredOf(one: HostCommand, files: FilesPort): Problem {
  const setting = `services.${one.site}.x-freehold.build`;
  const place = files.placeOf(setting);
  return {
    code: "host-command",
    subject: setting,
    message: `${describeHostCommand(one)}, and nobody has agreed to it here; nothing was changed`,
    hint: `\`--yes\` does not answer this. Run it once in a terminal, or pin the command: --trust ${hostCommandDigest(one)}`,
    ...(place === undefined ? {} : { place }),
  };
}

function declined(): UserError {
  const message = "You said no: no command was run, and nothing was changed.";
  return new UserError({ code: "declined", subject: "", message }, { exitCode: 130 });
}
