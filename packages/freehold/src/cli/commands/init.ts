import { resolve } from "node:path";
import { describeApplication } from "../../app/describe.ts";
import { type Initiated, init as initiate } from "../../engine/init.ts";
import { UserError } from "../../errors.ts";
import { createProject } from "../../ports/project.ts";
import { answeredKinds, createQuestions } from "../../ports/questions.ts";
import { demandBuildable } from "../demand-buildable.ts";
import { renderEach } from "../failure.ts";
import { print } from "../print.ts";
import { readApplication } from "../read-application.ts";
import { renderDescription } from "../render/description.ts";
import { renderProposal, renderSteps, renderWritten } from "../render/proposal.ts";
import { terminalOf } from "../terminal.ts";

export interface InitOptions {
  readonly yes?: true;
  readonly json?: true;
}

/** Looks at the folder and proposes a file; what was found goes out before any question, what `check` says of it at the end. */
export async function init(folder: string | undefined, options: InitOptions): Promise<void> {
  const questions = createQuestions({
    answered: answeredKinds({ isYes: options.yes === true }),
    ...terminalOf(options),
  });
  const path = resolve(folder ?? ".");
  const done = await initiate({ project: createProject(path), questions }, (proposal, files) => {
    if (options.json !== true) print(renderProposal(proposal, files));
  });
  const checked = await check(done, path);
  if (checked.problems.length > 0) process.exitCode = 1;
  if (options.json === true) print([JSON.stringify({ ...asData(done), problems: checked.problems })]);
  else
    print([...renderWritten(done), ...checked.lines, ...renderSteps(done, checked.problems.length, folder)]);
}

interface Checked {
  readonly lines: readonly string[];
  readonly problems: UserError["problems"];
}

/** What `freehold check` says of the folder now; nothing where the application's file was declined. */
async function check({ proposal, declined }: Initiated, folder: string): Promise<Checked> {
  if (declined.includes(proposal.path)) return { lines: [], problems: [] };
  const columns = process.stdout.columns;
  try {
    const read = await readApplication([], process.env, folder);
    await demandBuildable(read);
    return {
      lines: ["", ...renderDescription(describeApplication(read.application), columns)],
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { lines: ["", "in the way:", ...renderEach(error, columns)], problems: error.problems };
  }
}

/** What programs are told: what was found and written, without the texts, which are in the files. */
function asData({ proposal, written, declined }: Initiated) {
  return {
    type: "init",
    file: proposal.path,
    findings: proposal.findings,
    next: proposal.next,
    written,
    declined,
  };
}
