import { UserError } from "../errors.ts";
import type { Companion, Proposal } from "../init/proposal.ts";
import { propose } from "../init/propose.ts";
import { renderDocument } from "../init/render.ts";
import type { Repository } from "../init/repository.ts";
import type { QuestionPort } from "./ports.ts";

/** The folder that `freehold init` looks at. */
export interface ProjectPort {
  read(): Promise<Repository>;
  /** Writes a new file, whole; false when there is one of that name, which is left as it is. */
  create(path: string, text: string): Promise<boolean>;
}

export interface InitPorts {
  readonly project: ProjectPort;
  readonly questions: QuestionPort;
}

export interface Initiated {
  readonly proposal: Proposal;
  /** What was written, in that order. */
  readonly written: readonly string[];
  /** What the person did not want. */
  readonly declined: readonly string[];
}

/**
 * Looks at a repository, proposes its file and writes what the person agrees to.
 *
 * @param show is given the proposal before anything is asked.
 * @throws UserError when a file is in the way, or there is nothing to propose for.
 */
export async function init(
  { project, questions }: InitPorts,
  show: (proposal: Proposal, files: readonly Companion[]) => void,
): Promise<Initiated> {
  const proposal = propose(await project.read());
  const files = filesOf(proposal);
  show(proposal, files);
  const agreed: Companion[] = [];
  for (const file of files)
    if (await questions.confirm({ kind: "file", text: `Write ${file.path}, ${file.purpose}?` }))
      agreed.push(file);
  const written: string[] = [];
  for (const { path, text } of agreed) {
    if (!(await project.create(path, text))) throw inTheWay(path, written);
    written.push(path);
  }
  return {
    proposal,
    written,
    declined: files.map(({ path }) => path).filter((path) => !written.includes(path)),
  };
}

/** All that would be written, the application's file last: a run that is broken off can simply be run again. */
export function filesOf(proposal: Proposal): readonly Companion[] {
  const { path, heading, document, companions } = proposal;
  if (document.entries.length === 0) return companions;
  return [...companions, { path, text: renderDocument(document, heading), purpose: "as shown" }];
}

function inTheWay(path: string, written: readonly string[]): UserError {
  const done = written.length === 0 ? "nothing was written" : `written before it: ${written.join(", ")}`;
  const message = `${path} came into being meanwhile and is left as it is; ${done}.`;
  return new UserError({ code: "file-exists", subject: "", message, hint: "Run `freehold init` again." });
}
