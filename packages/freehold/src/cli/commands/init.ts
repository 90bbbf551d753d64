import { resolve } from "node:path";
import { init as initiate } from "../../engine/init.ts";
import { createProject } from "../../ports/project.ts";
import { createQuestions } from "../../ports/questions.ts";
import { print } from "../print.ts";
import { renderInitiated, renderProposal } from "../render/proposal.ts";

export interface InitOptions {
  readonly yes?: true;
  readonly json?: true;
}

/** Looks at the folder and proposes a file; what was found goes out before any question. */
export async function init(folder: string | undefined, options: InitOptions): Promise<void> {
  const isTerminal = process.stdin.isTTY && process.stderr.isTTY && options.json !== true;
  const terminal = isTerminal ? { input: process.stdin, output: process.stderr } : undefined;
  const questions = createQuestions(options.yes === true, terminal);
  const ports = { project: createProject(resolve(folder ?? ".")), questions };
  const done = await initiate(ports, (proposal, files) => {
    if (options.json !== true) print(renderProposal(proposal, files));
  });
  print(options.json === true ? [JSON.stringify(asData(done))] : renderInitiated(done, folder));
}

/** What programs are told: what was found and written, without the texts, which are in the files. */
function asData({ proposal, written, declined }: Awaited<ReturnType<typeof initiate>>) {
  return {
    type: "init",
    file: proposal.path,
    findings: proposal.findings,
    next: proposal.next,
    written,
    declined,
  };
}
