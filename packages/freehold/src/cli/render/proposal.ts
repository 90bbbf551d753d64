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

/** What was written, and what to do now. */
export function renderInitiated(
  { proposal, written, declined }: Initiated,
  folder?: string,
): readonly string[] {
  const done = [
    ...written.map((path) => `wrote ${path}`),
    ...declined.map((path) => `did not write ${path}`),
    ...(written.length + declined.length === 0
      ? ["nothing was written: the Compose file is enough as it is"]
      : []),
  ];
  const within = folder === undefined ? [] : [`cd ${folder}`];
  const steps = [
    ...proposal.next,
    ...within,
    "freehold check         what the file means",
    "freehold up --local    try it on this machine",
  ];
  return [...done, "", "next:", ...steps.map((line) => `  ${line}`)];
}
