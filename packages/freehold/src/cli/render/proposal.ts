import type { Initiated } from "../../engine/init.ts";
import type { Companion, Proposal } from "../../init/proposal.ts";
import { renderTable } from "./table.ts";

/** What was found and why, then each file as it would be written. */
export function renderProposal({ findings }: Proposal, files: readonly Companion[]): readonly string[] {
  const found =
    findings.length === 0
      ? ["nothing that AWS needs to know beside it"]
      : renderTable(findings.map(({ subject, message }) => [subject, message]));
  return ["found:", ...found.map((line) => `  ${line}`), "", ...files.flatMap(shown)];
}

function shown({ path, text }: Companion): readonly string[] {
  // A copy of an example is known, and what it holds may be long.
  const lines = /(?:^|\/)\.env[\w.-]*$/.test(path) ? [] : text.trimEnd().split("\n");
  return [`${path}:`, ...lines.map((line) => (line === "" ? "" : `  ${line}`)), ""];
}

/** What was written, and what the person did not want. */
export function renderWritten({ written, declined }: Initiated): readonly string[] {
  const done = [
    ...written.map((path) => `wrote ${path}`),
    ...declined.map((path) => `did not write ${path}`),
  ];
  return done.length > 0 ? done : ["nothing was written: there is nothing to add to the Compose file"];
}

/**
 * What to do now.
 *
 * @param problems how many stand in the way.
 * @param folder as the person named it; undefined for the one they are in.
 */
export function renderSteps({ proposal }: Initiated, problems: number, folder?: string): readonly string[] {
  const steps = [
    ...proposal.next,
    ...(folder === undefined ? [] : [`cd ${folder}`]),
    problems === 0
      ? "`freehold up --local` tries it on this machine"
      : "`freehold check`, once that is mended, says whether it is all",
  ];
  return ["", "next:", ...steps.map((line) => `  ${line}`)];
}
